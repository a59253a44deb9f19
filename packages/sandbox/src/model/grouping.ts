import type { FirstTouch } from './first-touch'
import type { History } from './history'
import { compareTimedEvents } from './timed-event'

/**
 * What two spellings of a name have in common, such as `Google Ads` and `googleads`: neither upper case nor blanks tell
 * sources apart.
 */
export function groupingKey(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '')
}

/** The source of a touch: that of a campaign, or the host of a referral; null if there is none. */
export function sourceOfTouch(touch: FirstTouch): string | null {
  switch (touch.kind) {
    case 'campaign':
      return touch.source
    case 'referral':
      return touch.host
    case 'direct':
      return null
  }
}

/** The history with the earliest first touch: how that one was written is how a group is shown. */
export function earliestTouched(histories: readonly History[]): History {
  return histories.reduce((earliest, history) => {
    const [one, other] = [earliest.firstTouch.timedEvent, history.firstTouch.timedEvent]
    return one && other && compareTimedEvents(other, one) < 0 ? history : earliest
  })
}

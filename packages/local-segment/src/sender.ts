import { setTimeout as sleep } from 'node:timers/promises'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { SourceLocation } from './archive'
import { createDestination } from './definition'
import { errorMessage, LocalSegmentError } from './errors'
import { processingError } from './processing-error'
import { DEFAULT_RETRY, isRetried } from './retry'
import type { Mapping } from './router'

/** A call that is to be sent, and where it was read. */
export interface PendingCall extends SourceLocation {
  call: SegmentEvent
}

/** A call that was sent, and the action that it was sent with. */
type SentCall = PendingCall & { action: string }

/** A call that was not delivered, and why. */
export type RejectedCall = SentCall & { status: 'rejected'; reason: string; retriesExhausted: boolean }

/** What became of a call under one mapping. */
export type Outcome = (SentCall & { status: 'accepted' | 'duplicate' }) | RejectedCall

/** What actions-core says of one event of a batch. */
type MultiStatusEntry = { status: number; errormessage?: string; body?: { status?: string } | string }

/** Sends calls through a definition, as Segment's platform does. */
export interface Sender {
  /**
   * Checks that the settings are good and that there is a server.
   *
   * @throws LocalSegmentError if not, in one sentence.
   */
  check: () => Promise<void>
  /**
   * Sends the calls of one mapping in one batch, and again those that may be accepted later. A call that makes
   * actions-core throw is rejected, and the others are sent without it.
   */
  send: (mapping: Mapping, calls: PendingCall[]) => Promise<Outcome[]>
}

/**
 * Makes a sender.
 *
 * @param definition any definition.
 * @param settings the settings of the account to send to.
 */
export function sender<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  retry = DEFAULT_RETRY
): Sender {
  const destination = createDestination(definition)

  // One call that actions-core throws at fails its whole batch. It is found by halving: at most two tries for each call.
  const sendOnce = async (mapping: Mapping, calls: PendingCall[]): Promise<MultiStatusEntry[]> => {
    const events = calls.map(({ call }) => call)
    try {
      const [{ multistatus }] = await destination.onBatch(events, {
        ...(settings as JSONObject),
        subscription: mapping as unknown as JSONObject
      })
      // actions-core keeps every response for good: a million calls would hold gigabytes.
      destination.responses.length = 0
      return multistatus ?? []
    } catch (error) {
      if (calls.length === 1) {
        return [{ status: 400, errormessage: processingError(error, calls[0].call) }]
      }
      const middle = calls.length >> 1
      return [...(await sendOnce(mapping, calls.slice(0, middle))), ...(await sendOnce(mapping, calls.slice(middle)))]
    }
  }

  const send = async (mapping: Mapping, calls: PendingCall[], attempt = 1): Promise<Outcome[]> => {
    const entries = await sendOnce(mapping, calls)
    const again = calls.filter((_, index) => isRetried(entries[index].status))
    if (again.length === 0 || attempt >= retry.attempts) {
      return calls.map((call, index) => outcomeOf(mapping, call, entries[index]))
    }
    await sleep(retry.minTimeoutMs * 2 ** (attempt - 1))
    const later = (await send(mapping, again, attempt + 1)).values()
    return calls.map((call, index) =>
      isRetried(entries[index].status) ? (later.next().value as Outcome) : outcomeOf(mapping, call, entries[index])
    )
  }

  return {
    send: (mapping, calls) => send(mapping, calls),
    async check() {
      try {
        await destination.testAuthentication(settings)
      } catch (error) {
        // actions-core puts this before every message, but it is only true of a bad token.
        throw new LocalSegmentError(errorMessage(error).replace(/^Credentials are invalid:\s*/, ''))
      }
    }
  }
}

function outcomeOf(mapping: Mapping, pending: PendingCall, entry: MultiStatusEntry): Outcome {
  const sent = { ...pending, action: mapping.partnerAction }
  if (entry.status === 200) {
    const isDuplicate = typeof entry.body === 'object' && entry.body.status === 'duplicate'
    return { ...sent, status: isDuplicate ? 'duplicate' : 'accepted' }
  }
  return {
    ...sent,
    status: 'rejected',
    reason: entry.errormessage ?? `status ${entry.status}`,
    retriesExhausted: isRetried(entry.status)
  }
}

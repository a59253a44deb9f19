import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '@tractionboard/local-segment'
import { number } from './text'

/** A progress bar on standard error: in place on a terminal, a line now and then elsewhere. */
export function progressBar(): Progress {
  const bar = new SingleBar(
    {
      format: 'Replaying {bar} {percentage} %, {calls} calls',
      noTTYOutput: true,
      notTTYSchedule: 1000,
      hideCursor: true,
      clearOnComplete: false
    },
    Presets.shades_grey
  )
  return {
    // Standard input has no size: a total of at least one byte keeps the bar from dividing by nothing.
    start: (totalBytes) => bar.start(Math.max(totalBytes, 1), 0, { calls: '0' }),
    advance: (readBytes, calls) => bar.update(readBytes, { calls: number(calls) }),
    stop: () => bar.stop()
  }
}

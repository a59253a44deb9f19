import type { Progress } from '@tractionboard/local-segment'
import { Presets, SingleBar } from 'cli-progress'
import { formatNumber } from '../text'

/** A progress bar on standard error. Outside a terminal, it prints a line every second. */
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
    // Standard input has no size, and a total of 0 would make the percentage NaN.
    start: (totalBytes) => bar.start(Math.max(totalBytes, 1), 0, { calls: '0' }),
    advance: (readBytes, calls) => bar.update(readBytes, { calls: formatNumber(calls) }),
    stop: () => bar.stop()
  }
}

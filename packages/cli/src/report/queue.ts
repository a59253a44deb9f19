import { COUNT_NAMES, type QueueStatus } from '@tractionboard/local-segment'
import { formatNumber, pluralize } from '../text'
import { COUNT_LABELS } from './count-labels'
import { countsTable, section } from './layout'

/** What is in a queue: lines for a terminal. */
export function describeQueue({ replay, isPaused, waiting, active, workers }: QueueStatus): string[] {
  if (!replay) return ['', 'The queue is empty. `tractionboard replay --queue` fills it.']
  const { identity, archives, delivered, totals, rate, isComplete } = replay
  const { address, run, filters } = identity
  return [
    '',
    `Queue of a replay to ${address}${run === undefined ? '' : `, run ${run} of a sandbox`}${filters ? `, with ${filters}` : ''}`,
    `  ${describeState(isPaused, isComplete)}, ${pluralize(workers, 'worker')}${rate ? `, at most ${pluralize(rate, 'call')} a second` : ''}`,
    ...section(
      `Archives: ${formatNumber(delivered)} of ${formatNumber(archives)} delivered`,
      countsTable([
        ['being delivered', active],
        ['waiting', waiting]
      ])
    ),
    ...section('Calls of all archives', countsTable(COUNT_NAMES.map((name) => [COUNT_LABELS[name], totals[name]])))
  ]
}

function describeState(isPaused: boolean, isComplete: boolean): string {
  if (isComplete) return 'Ended'
  return isPaused ? 'Paused' : 'Running'
}

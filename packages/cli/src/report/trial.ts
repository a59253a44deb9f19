import type { Trial } from '../replay/try'
import { section } from './text'

/** Shows a person what became of one call. */
export function describeTrials(trials: Trial[]): string {
  if (trials.length === 0) return 'No mapping is for this call: nothing is sent.'
  return trials.map(describeTrial).join('\n')
}

const json = (value: unknown) => JSON.stringify(value, null, 2).split('\n')

function describeTrial({ mapping, action, requests, failure }: Trial): string {
  return [
    `The mapping "${mapping}" is for this call. Its action is ${action}.`,
    ...requests.flatMap(({ sent, status, answer }) => [
      ...section('Sent', json(sent)),
      ...section(`Answered with HTTP ${status}`, json(answer))
    ]),
    '',
    failure === undefined ? 'Segment is told that it was delivered.' : `Segment is told: ${failure}`
  ].join('\n')
}

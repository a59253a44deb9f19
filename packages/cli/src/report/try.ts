import type { TryResult } from '@tractionboard/local-segment'
import { section } from './text'

/** Shows a person what became of one call. */
export function describeTryResults(results: TryResult[]): string {
  if (results.length === 0) return 'No mapping is for this call: nothing is sent.'
  return results.map(describeTryResult).join('\n')
}

const json = (value: unknown) => JSON.stringify(value, null, 2).split('\n')

function describeTryResult({ mapping, action, requests, error }: TryResult): string {
  return [
    `The mapping "${mapping}" is for this call. Its action is ${action}.`,
    ...requests.flatMap(({ sent, status, response }) => [
      ...section('Sent', json(sent)),
      ...section(`Answered with HTTP ${status}`, json(response))
    ]),
    '',
    error === undefined ? 'Segment is told that it was delivered.' : `Segment is told: ${error}`
  ].join('\n')
}

import type { TryResult } from '@tractionboard/local-segment'
import { section } from './layout'

/** What became of one call: lines for a terminal. */
export function describeTryResults(results: TryResult[]): string[] {
  if (results.length === 0) return ['No mapping matches this call, so nothing is sent.']
  return results.flatMap(describeTryResult)
}

function describeTryResult({ mapping, action, requests, error }: TryResult): string[] {
  return [
    `The mapping "${mapping}" matches this call. Its action is ${action}.`,
    ...requests.flatMap(({ sent, status, response }) => [
      ...section('Request', jsonLines(sent)),
      ...section(`Response: HTTP ${status}`, jsonLines(response))
    ]),
    '',
    error === undefined ? 'Segment records the call as delivered.' : `Segment records an error: ${error}`
  ]
}

const jsonLines = (value: unknown) => JSON.stringify(value, null, 2).split('\n')

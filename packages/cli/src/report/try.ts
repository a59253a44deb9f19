import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import {
  explainPayload,
  explainTrigger,
  type Explanation,
  type Mapping,
  nearMisses,
  type TryResult
} from '@tractionboard/local-segment'
import { joinWithAnd } from '../text'
import { section, wrapText } from './layout'

/** What was not in the call as it was given, for a terminal. */
export const describeFilledIn = (members: Record<string, string>): string[] =>
  Object.keys(members).length === 0
    ? []
    : [
        ...wrapText(
          `Filled in, because the call has none: ${joinWithAnd(Object.entries(members).map((pair) => pair.join(' ')))}.`
        ),
        ''
      ]

/** Why each mapping matches a call or not, and what became of it: lines for a terminal. */
export function describeMappings<Settings>(
  definition: Pick<DestinationDefinition<Settings>, 'actions'>,
  mappings: Mapping[],
  call: SegmentEvent,
  results: TryResult[]
): string[] {
  const explained = mappings.map((mapping) => ({ mapping, explanation: explainTrigger(mapping.subscribe, call) }))
  const matching = explained.filter(({ explanation }) => explanation.matches).map(({ mapping }) => mapping)
  const others = explained.filter(({ explanation }) => !explanation.matches)
  return [
    ...(results.length === 0 ? ['No mapping matches this call, so nothing is sent.'] : []),
    // The results are in the order of the mappings that match.
    ...results.flatMap((result, index) => describeTryResult(definition, result, matching[index], call)),
    ...describeNearMiss(mappings, call),
    ...(others.length === 0
      ? []
      : section(
          'Mappings that do not match',
          others.flatMap(({ mapping, explanation }) => [
            mapping.name ?? mapping.partnerAction,
            ...reasons(explanation).flatMap((reason) => indented(reason))
          ])
        ))
  ]
}

function describeTryResult<Settings>(
  definition: Pick<DestinationDefinition<Settings>, 'actions'>,
  { mapping, action, requests, error }: TryResult,
  customerMapping: Mapping,
  call: SegmentEvent
): string[] {
  const { text, readAs } = explainTrigger(customerMapping.subscribe, call)
  const fields = explainPayload(definition, customerMapping, call).filter(
    ({ value, problem }) => value !== undefined || problem !== undefined
  )
  return [
    `The mapping "${mapping}" matches this call. Its action is ${action}.`,
    ...section(readAs === undefined ? 'Trigger' : 'Trigger, as Segment reads it', indented(text, '')),
    ...section(
      'Payload',
      fields.flatMap(({ field, value, from, problem }) => [
        ...indented(`${field}: ${JSON.stringify(value) ?? 'nothing'}`, ''),
        ...(from.length > 0 ? indented(`from ${joinWithAnd(from)}`) : []),
        ...(problem === undefined ? [] : indented(problem))
      ])
    ),
    ...requests.flatMap(({ method, url, headers, sent, status, response }) => [
      ...section('Request', [
        `${method} ${url}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ...jsonLines(sent)
      ]),
      ...section(`Response: HTTP ${status}`, jsonLines(response))
    ]),
    '',
    error === undefined ? 'Segment records the call as delivered.' : `Segment records an error: ${error}`
  ]
}

/** The conditions for which a trigger does not match. */
function reasons({ matches, operator, text, problem, parts }: Explanation): string[] {
  if (matches) return []
  if (operator === undefined || problem !== undefined) return [`${text}: ${problem ?? 'no'}`]
  return parts.flatMap(reasons)
}

function describeNearMiss(mappings: Mapping[], call: SegmentEvent): string[] {
  const miss = call.type === 'track' && typeof call.event === 'string' ? nearMisses(mappings)(call.event) : undefined
  if (!miss) return []
  return [
    '',
    ...wrapText(
      `"${String(call.event)}" looks like "${miss.meant}", which the mapping ${joinWithAnd(miss.mappings.map((name) => `"${name}"`))} asks for.`
    )
  ]
}

const indented = (text: string, indent = '  ') =>
  wrapText(text, `${indent}  `).map((line, index) => (index === 0 ? indent : '') + line)

const jsonLines = (value: unknown) => JSON.stringify(value, null, 2)?.split('\n') ?? []

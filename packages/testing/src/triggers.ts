import type { SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'
import type { Explanation } from '@tractionboard/local-segment'
import fc from 'fast-check'

const NAMES = ['a', 'b', 'c.d', 'a.b', 'total', '__proto__', 'constructor', 'a\\ b']
const SUBJECTS = [
  'type',
  'event',
  'name',
  'userId',
  ...['anonymousId', 'groupId', 'messageId', 'properties', 'traits', 'context'],
  ...['properties', 'traits', 'context'].flatMap((root) => NAMES.map((name) => `${root}.${name}`))
]
const TEXTS = ['', 'a', 'ab', 'track', '5', 'true', 'null', 'Payment Made', 'é', '*', 'a*b']
const subject = fc.constantFrom(...SUBJECTS)
const literal = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...TEXTS.map((text) => `"${text}"`)) },
  { weight: 20, arbitrary: fc.constantFrom('null', 'true', 'false', '5', '-1', '1.5', '+5', '007', 'a') },
  { weight: 4, arbitrary: fc.constantFrom("'a'", "'track'") },
  { weight: 1, arbitrary: fc.constantFrom('"a', "a'") }
)
const operator = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('=', '!=', '<', '<=', '>', '>=') },
  { weight: 1, arbitrary: fc.constantFrom('==', 'and', '') }
)
const pattern = fc.constantFrom('"a*"', '"*a"', '"a"', '"*"', '"**"', 'a', '5')

const comparison = fc.tuple(subject, operator, literal).map((parts) => parts.join(' '))
const call = fc
  .tuple(fc.constantFrom('', '!'), fc.constantFrom('contains', 'match', 'starts_with', 'length'), subject, pattern)
  .map(([not, name, argument, value]) => `${not}${name}(${argument}, ${value})`)
const condition = fc.oneof({ weight: 4, arbitrary: comparison }, { weight: 2, arbitrary: call })

/** FQL as people write it, and as they should not: dropped subjects, wrong types, mixed joins, stray parentheses. */
const fql = fc.letrec<{ node: string; group: string }>((tie) => ({
  group: fc
    .array(fc.tuple(tie('node'), fc.constantFrom(' and ', ' or ', ' ')), { minLength: 1, maxLength: 4 })
    .map((nodes) => nodes.map(([node, join], index) => (index < nodes.length - 1 ? node + join : node)).join('')),
  node: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'node' },
    { weight: 40, arbitrary: condition },
    { weight: 10, arbitrary: tie('group').map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie('group').map((inner) => `!(${inner})`) },
    { weight: 1, arbitrary: fc.constantFrom('()', '', '(', ')', 'and', '!') }
  )
})).group

const leaf = fc.constantFrom<unknown>(
  ...TEXTS,
  null,
  undefined,
  true,
  false,
  5,
  -1,
  1.5,
  0,
  '1.5',
  [],
  ['a'],
  {},
  { d: 5 }
)
const members = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'total', 'a b', 'd'), leaf, { maxKeys: 4 }) },
  { weight: 1, arbitrary: leaf }
)

/** A trigger, and a call that it is tried with. */
export const triggersAndCalls: fc.Arbitrary<[fql: string, call: SegmentEvent]> = fc.tuple(
  fql,
  fc.record(
    {
      type: fc.constantFrom<unknown>('track', 'page', 'identify', 5),
      event: leaf,
      name: leaf,
      userId: leaf,
      anonymousId: leaf,
      properties: members,
      traits: members,
      context: members
    },
    { requiredKeys: ['type'] }
  ) as unknown as fc.Arbitrary<SegmentEvent>
)

/**
 * Compares an explanation with the verdict of Segment's library, and its groups with their parts.
 *
 * @returns what is wrong, an empty list if nothing is.
 */
export function explanationFaults(explanation: Explanation, fql: string, call: SegmentEvent): string[] {
  const faults: string[] = []
  const verdict = libraryVerdict(fql, call)
  if (verdict !== undefined && explanation.matches !== verdict) faults.push(`the library says ${verdict}`)
  const visit = (node: Explanation, isRoot = false) => {
    const isLeaf = node.operator === undefined
    if (isLeaf && !node.matches && !node.problem) faults.push(`${node.text} does not say why it does not match`)
    const throws = node.problem !== undefined && !isLeaf
    if (!isLeaf && !throws && node.matches !== joined(node)) faults.push(`${node.text} disagrees with its parts`)
    if (node.matches && node.problem && !(isRoot && throws)) faults.push(`${node.text} matches, but has a problem`)
    node.parts.forEach((part) => visit(part))
  }
  visit(explanation, true)
  return faults
}

const joined = ({ operator, parts }: Explanation) =>
  operator === 'or' ? parts.some(({ matches }) => matches) : parts.every(({ matches }) => matches)

/** Undefined if the library throws. */
function libraryVerdict(fql: string, call: SegmentEvent): boolean | undefined {
  const subscription = parseFql(fql)
  try {
    return validate(subscription, call)
  } catch {
    return undefined
  }
}

import { parseFql, type Condition, type Subscription } from '@segment/destination-subscriptions'
import type { Level, Term } from './fql-reader'

/** What Segment's parser makes of an FQL text, as the text that says so, or undefined if it gives up. */
export function parsedMeaning(fql: string): string | undefined {
  const parsed = parseFql(fql)
  return 'error' in parsed ? undefined : unwrapped(ofParsed(parsed))
}

/** What an FQL text says, in the form of `parsedMeaning`, so that the two can be compared. */
export const statedMeaning = (level: Level): string => unwrapped(ofLevel(level))

const unwrapped = (meaning: string) => (meaning.startsWith('(') ? meaning.slice(1, -1) : meaning)

/** The members in parentheses, or the only one as it is. */
const joined = (members: string[], operator = 'and') =>
  members.length === 1 ? members[0] : `(${members.join(` ${operator} `)})`

const ofLevel = ({ terms, joins }: Level): string => joined(terms.map(ofTerm), joins[0])

function ofTerm(term: Term): string {
  if (term.kind === 'group') return ofLevel(term.level)
  const { negated, subject, operator, value } = term
  return written(negated, subject, operator, value)
}

function written(negated: boolean, path: string[], operator: string, value: unknown): string {
  const subject = path.map((segment) => segment.replace(/[^\w-]/g, '\\$&')).join('.')
  const condition = /^\w/.test(operator)
    ? `${operator}(${subject}, ${JSON.stringify(value)})`
    : `${subject} ${operator} ${JSON.stringify(value)}`
  return negated ? `!${condition}` : condition
}

const ROOTS: Record<string, string> = {
  'event-type': 'type',
  event: 'event',
  name: 'name',
  userId: 'userId',
  'event-property': 'properties',
  'event-trait': 'traits',
  'event-context': 'context'
}

/** The parser's operators that are written otherwise. */
const OPERATORS: Record<string, (value: unknown) => [operator: string, value: unknown]> = {
  exists: () => ['!=', null],
  not_exists: () => ['=', null],
  is_true: () => ['=', true],
  is_false: () => ['=', false],
  number_equals: (value) => ['=', value],
  number_not_equals: (value) => ['!=', value],
  starts_with: (value) => ['match', `${String(value)}*`],
  ends_with: (value) => ['match', `*${String(value)}`]
}

function ofParsed(node: Exclude<Subscription, { error: Error }> | Condition | undefined): string {
  // The parser leaves a hole where it dropped all that parentheses had.
  if (node === undefined) return '()'
  if (node.type === 'group') return joined(node.children.map(ofParsed), node.operator)
  const negated = /^not_(?!exists)/.test(node.operator)
  const name = negated ? node.operator.slice('not_'.length) : node.operator
  const [operator, value] = OPERATORS[name]?.(node.value) ?? [name, node.value]
  // The same split as when Segment looks the value up.
  const path = 'name' in node ? (node.name.match(/[^.[\]]+/g) ?? []) : []
  return written(negated, [ROOTS[node.type], ...path], operator, value)
}

import { parseFql, type Condition, type Subscription } from '@segment/destination-subscriptions'
import type { Level, Term } from './fql-reader'

/** What Segment's parser understands, written as FQL in one fixed form; undefined if it cannot parse the text. */
export function normalizeParsed(fql: string): string | undefined {
  const parsed = parseFql(fql)
  return 'error' in parsed ? undefined : withoutParentheses(formatParsed(parsed))
}

/** What an FQL text says, in the same form, so that the two can be compared. */
export const normalizeLevel = (level: Level): string => withoutParentheses(formatLevel(level))

const withoutParentheses = (meaning: string) => (meaning.startsWith('(') ? meaning.slice(1, -1) : meaning)

/** The terms in parentheses, or a single one without. */
const joinTerms = (members: string[], operator = 'and') =>
  members.length === 1 ? members[0] : `(${members.join(` ${operator} `)})`

const formatLevel = ({ terms, operators }: Level): string => joinTerms(terms.map(formatTerm), operators[0])

function formatTerm(term: Term): string {
  if (term.kind === 'group') return formatLevel(term.level)
  const { negated, subject, operator, value } = term
  return formatCondition(negated, subject, operator, value)
}

function formatCondition(negated: boolean, path: string[], operator: string, value: unknown): string {
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

/** The parser's operators that FQL writes in another way. */
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

function formatParsed(node: Exclude<Subscription, { error: Error }> | Condition | undefined): string {
  // The parser leaves undefined where it dropped all conditions in parentheses.
  if (node === undefined) return '()'
  if (node.type === 'group') return joinTerms(node.children.map(formatParsed), node.operator)
  const negated = /^not_(?!exists)/.test(node.operator)
  const name = negated ? node.operator.slice('not_'.length) : node.operator
  const [operator, value] = OPERATORS[name]?.(node.value) ?? [name, node.value]
  // Split as Segment does when it looks the value up.
  const path = 'name' in node ? (node.name.match(/[^.[\]]+/g) ?? []) : []
  return formatCondition(negated, [ROOTS[node.type], ...path], operator, value)
}

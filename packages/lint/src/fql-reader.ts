import { FqlError, type Token, tokenize } from './fql-tokens'

/** A list of conditions: all of an FQL text, or all in one pair of parentheses. */
export interface Level {
  terms: Term[]
  /** The operators between the terms: one less than there are terms. */
  operators: LogicalOperator[]
}

type LogicalOperator = 'and' | 'or'

export type Term = Condition | Group

/** Parentheses with conditions in them. */
export interface Group {
  kind: 'group'
  negated: boolean
  level: Level
}

/** One comparison or function. */
export interface Condition {
  kind: 'condition'
  /** The condition as written. */
  text: string
  negated: boolean
  /** The path of what is compared: `properties.plan` is `['properties', 'plan']`. */
  subject: string[]
  operator: Operator
  value: Value
  singleQuoted: boolean
}

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'match'

export type Value = string | number | boolean | null

const WORDS: Record<string, Value> = { true: true, false: false, null: null }

/**
 * Reads FQL as Segment documents it. Segment's own parser skips what it does not understand, so it cannot tell whether a
 * text is correct.
 *
 * @throws FqlError that says what was expected.
 * @see https://segment.com/docs/api/public-api/fql/
 */
export function readFql(fql: string): Level {
  const tokens = tokenize(fql)
  let next = 0

  const advance = (): Token => tokens[next++]
  const nextIs = (text: string, offset = 0) =>
    tokens[next + offset].kind !== 'string' && tokens[next + offset].text === text
  const accept = (text: string): boolean => nextIs(text) && Boolean(advance())

  function fail(expected: string): never {
    const found = tokens[next]
    throw new FqlError(`expected ${expected}, but found ${found.kind === 'end' ? found.text : `\`${found.text}\``}`)
  }

  function expect(text: string): void {
    if (!accept(text)) fail(`\`${text}\``)
  }

  function level(): Level {
    const terms = [term()]
    const operators: LogicalOperator[] = []
    while (nextIs('and') || nextIs('or')) {
      operators.push(advance().text as LogicalOperator)
      terms.push(term())
    }
    return { terms, operators }
  }

  function term(): Term {
    const { start } = tokens[next]
    const negated = accept('!')
    if (accept('(')) {
      const group = level()
      expect(')')
      return { kind: 'group', negated, level: group }
    }
    const condition = (nextIs('contains') || nextIs('match')) && nextIs('(', 1) ? call() : comparison()
    return { kind: 'condition', text: fql.slice(start, tokens[next - 1].end), negated, ...condition }
  }

  function call(): Pick<Condition, 'subject' | 'operator' | 'value' | 'singleQuoted'> {
    const operator = advance().text as Operator
    expect('(')
    const subject = path()
    expect(',')
    if (tokens[next].kind !== 'string') fail('a text in double quotes')
    const condition = { subject, operator, ...value() }
    expect(')')
    return condition
  }

  function comparison(): Pick<Condition, 'subject' | 'operator' | 'value' | 'singleQuoted'> {
    const subject = path()
    if (!/^(!=|[<>]=?|=)$/.test(tokens[next].text)) fail(`=, !=, <, <=, > or >= after \`${subject.join('.')}\``)
    const operator = advance().text as Operator
    return { subject, operator, ...value() }
  }

  function path(): string[] {
    if (tokens[next].kind !== 'path') fail('a field such as event or properties.plan')
    const segments = advance().text.match(/(?:\\.|[^.\\])+/g) ?? []
    // Escaped brackets are an index, such as properties.items\[0\].
    return segments.flatMap((segment) => segment.replace(/\\(.)/g, '$1').match(/[^[\]]+/g) ?? [])
  }

  function value(): Pick<Condition, 'value' | 'singleQuoted'> {
    const { kind, text } = tokens[next]
    const isWord = kind === 'path' && Object.hasOwn(WORDS, text)
    if (kind !== 'string' && kind !== 'number' && !isWord)
      fail('a text in double quotes, a number, true, false or null')
    advance()
    if (kind === 'string') return { value: text.slice(1, -1), singleQuoted: text.startsWith("'") }
    return { value: kind === 'number' ? Number(text) : WORDS[text], singleQuoted: false }
  }

  const whole = level()
  if (tokens[next].kind !== 'end') fail('`and` or `or`, in lower case, or the end')
  return whole
}

/** The conditions at this level and in all parentheses below it. */
export const conditionsOf = ({ terms }: Level): Condition[] =>
  terms.flatMap((term) => (term.kind === 'group' ? conditionsOf(term.level) : [term]))

/** The parentheses at this level and in all parentheses below it. */
export const groupsOf = ({ terms }: Level): Group[] =>
  terms.flatMap((term) => (term.kind === 'group' ? [term, ...groupsOf(term.level)] : []))

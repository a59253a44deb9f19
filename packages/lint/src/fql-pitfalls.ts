import { type Condition, conditionsOf, type Group, groupsOf, type Level, type Term } from './fql-reader'

/** FQL that Segment's parser accepts but understands wrongly, or rejects without saying why. */
export interface Pitfall {
  id: string
  /** What must be true instead. */
  description: string
  /** Finds the pitfall in an FQL text: one sentence for each place. */
  find: (level: Level) => string[]
}

/** Subjects that are texts. */
const TEXTS = ['type', 'event', 'name', 'userId']
const OBJECTS = ['properties', 'traits', 'context']
const SUBJECTS = [...TEXTS, ...OBJECTS]

/** Subjects that the parser can compare with null. */
const NULLABLE = ['name', 'userId', ...OBJECTS]

/** The subjects as they are written in FQL. */
const listOf = (subjects: string[]) =>
  subjects.map((subject) => (OBJECTS.includes(subject) ? `\`${subject}.*\`` : `\`${subject}\``)).join(', ')

const isFunction = ({ operator }: Condition) => operator === 'contains' || operator === 'match'
const isOrder = ({ operator }: Condition) => /^[<>]/.test(operator)
const isDropped = (condition: Condition) =>
  !SUBJECTS.includes(condition.subject[0]) || (isFunction(condition) && condition.subject[0] === 'type')

/** A pitfall of single conditions. A dropped condition has only that finding. */
const inCondition =
  (isPitfall: (condition: Condition) => boolean, advice: string): Pitfall['find'] =>
  (level) =>
    conditionsOf(level)
      .filter((condition) => isPitfall(condition) && (isPitfall === isDropped || !isDropped(condition)))
      .map(({ text }) => `\`${text}\` ${advice}`)

/** A pitfall of parentheses. */
const inGroup = (isPitfall: (group: Group) => boolean, message: string) => (level: Level) =>
  groupsOf(level).some(isPitfall) ? [message] : []

const isFunctionTerm = (term: Term) => term.kind === 'condition' && isFunction(term)

/** All known pitfalls. For each, a test shows what Segment's parser does. */
export const PITFALLS: Pitfall[] = [
  {
    id: 'fql-dropped',
    description: `Conditions use only subjects that Segment's parser knows: ${listOf(SUBJECTS)}.`,
    find: inCondition(
      isDropped,
      `is silently dropped by Segment's parser. Remove it, or use ${listOf(SUBJECTS)} (type does not work with contains and match).`
    )
  },
  {
    id: 'fql-mixed',
    description: '`and` and `or` are mixed only with parentheses: without, the last one applies to all conditions.',
    find: (level) =>
      [level, ...groupsOf(level).map((group) => group.level)].some(({ operators }) => new Set(operators).size > 1)
        ? ['mixes `and` and `or` without parentheses, and the last one applies to all conditions. Add parentheses.']
        : []
  },
  {
    id: 'fql-nested',
    description: 'Parentheses are not nested: the parser cannot read them.',
    find: inGroup(
      ({ level }) => groupsOf(level).length > 0,
      'has nested parentheses, which the parser cannot read: no call matches. Rewrite it without nesting.'
    )
  },
  {
    id: 'fql-function-in-parentheses',
    description: 'In parentheses, contains and match come last: the parser takes their `)` for the end of the group.',
    find: inGroup(
      ({ level }) => level.terms.slice(0, -1).some(isFunctionTerm),
      'has contains or match in parentheses, followed by another condition, and the parser takes its `)` for the end of the group. Put it last.'
    )
  },
  {
    id: 'fql-negation',
    description: '`!` is used only before contains and match: elsewhere the parser drops it.',
    find: (level) => [
      ...inCondition(
        (condition) => condition.negated && !isFunction(condition),
        'has a `!`, which the parser drops. Use != instead.'
      )(level),
      ...inGroup(
        ({ negated }) => negated,
        'has a `!` before parentheses, which the parser drops. Negate each condition instead.'
      )(level)
    ]
  },
  {
    id: 'fql-quotes',
    description: 'Texts are in double quotes: the parser makes single quotes part of the text.',
    find: inCondition(
      ({ singleQuoted }) => singleQuoted,
      'has single quotes, which become part of the text. Use double quotes.'
    )
  },
  {
    id: 'fql-null',
    description: `Null is used only with = and !=, and only for ${listOf(NULLABLE)}.`,
    find: inCondition(
      ({ subject, operator, value }) => value === null && !(NULLABLE.includes(subject[0]) && /^!?=$/.test(operator)),
      `compares with the text "null". Use null only with = or !=, and only for ${listOf(NULLABLE)}.`
    )
  },
  {
    id: 'fql-boolean',
    description: 'Booleans are compared only with `=`: with `!=`, every call matches.',
    find: inCondition(
      ({ operator, value }) => typeof value === 'boolean' && operator === '!=',
      'is true for both true and false. Use = with the other value.'
    )
  },
  {
    id: 'fql-order',
    description: '`<`, `<=`, `>` and `>=` compare numbers.',
    find: inCondition(
      (condition) =>
        isOrder(condition) &&
        condition.value !== null &&
        (typeof condition.value !== 'number' || TEXTS.includes(condition.subject[0])),
      'is never true: <, <=, > and >= work only for numbers in properties, traits and context. Use =, contains or match.'
    )
  },
  {
    id: 'fql-match',
    description: 'The pattern of match has one `*`, at its start or its end.',
    find: inCondition(
      ({ operator, value }) => operator === 'match' && !/^(\*[^*?]+|[^*?]+\*)$/.test(String(value)),
      'has a pattern that the parser understands differently. Use one `*`, at the start or the end; or use = or contains.'
    )
  }
]

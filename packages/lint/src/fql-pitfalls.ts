import { type Condition, conditionsOf, type Group, groupsOf, type Level, type Term } from './fql-reader'

/** A way of writing FQL that Segment's parser takes without an error, or without a good one, and gets wrong. */
export interface Pitfall {
  id: string
  /** What must hold instead. */
  description: string
  /** What is wrong in this text, a sentence each. */
  find: (level: Level) => string[]
}

/** What is compared as a text, and has no further path. */
const TEXTS = ['type', 'event', 'name', 'userId']
const OBJECTS = ['properties', 'traits', 'context']
const SUBJECTS = [...TEXTS, ...OBJECTS]

/** Those that the parser can compare with null. */
const NULLABLE = ['name', 'userId', ...OBJECTS]

/** The subjects as they are written. */
const listOf = (subjects: string[]) =>
  subjects.map((subject) => (OBJECTS.includes(subject) ? `${subject}.*` : subject)).join(', ')

const isFunction = ({ operator }: Condition) => operator === 'contains' || operator === 'match'
const isOrder = ({ operator }: Condition) => /^[<>]/.test(operator)
const isDropped = (condition: Condition) =>
  !SUBJECTS.includes(condition.subject[0]) || (isFunction(condition) && condition.subject[0] === 'type')

/** A trap that one condition alone makes. What is dropped needs no further problems. */
const inCondition =
  (isPitfall: (condition: Condition) => boolean, advice: string): Pitfall['find'] =>
  (level) =>
    conditionsOf(level)
      .filter((condition) => isPitfall(condition) && (isPitfall === isDropped || !isDropped(condition)))
      .map(({ text }) => `\`${text}\` ${advice}`)

/** A trap that parentheses make. */
const inGroup = (isPitfall: (group: Group) => boolean, message: string) => (level: Level) =>
  groupsOf(level).some(isPitfall) ? [message] : []

const isFunctionTerm = (term: Term) => term.kind === 'condition' && isFunction(term)

/** Every trap known. A test shows of each what Segment's parser makes of it. */
export const PITFALLS: Pitfall[] = [
  {
    id: 'fql-dropped',
    description: `Conditions are on what Segment's parser knows: ${listOf(SUBJECTS)}.`,
    find: inCondition(
      isDropped,
      `is silently dropped by Segment's parser. Leave it out, or compare ${listOf(SUBJECTS)} (contains and match do not take type).`
    )
  },
  {
    id: 'fql-mixed',
    description: 'And and or are not mixed without parentheses: the last one would apply to all.',
    find: (level) =>
      [level, ...groupsOf(level).map((group) => group.level)].some(({ operators }) => new Set(operators).size > 1)
        ? [
            'mixes and with or without parentheses, and the last of them applies to all. Put parentheses around one kind.'
          ]
        : []
  },
  {
    id: 'fql-nested',
    description: 'There are no parentheses within parentheses: the parser cannot read them.',
    find: inGroup(
      ({ level }) => groupsOf(level).length > 0,
      'has parentheses within parentheses, which the parser cannot read, so that no call matches. Write it with one pair a level.'
    )
  },
  {
    id: 'fql-function-in-parentheses',
    description: 'Contains and match stand last in their parentheses: the parser takes their end for the end of these.',
    find: inGroup(
      ({ level }) => level.terms.slice(0, -1).some(isFunctionTerm),
      'has contains or match in parentheses with something after it, and the parser takes its end for the end of the parentheses. Put it last.'
    )
  },
  {
    id: 'fql-negation',
    description: 'Only contains and match are negated with `!`: elsewhere it is dropped.',
    find: (level) => [
      ...inCondition(
        (condition) => condition.negated && !isFunction(condition),
        'loses its `!`. Write != instead.'
      )(level),
      ...inGroup(
        ({ negated }) => negated,
        'has a `!` before parentheses, which is dropped. Negate each condition instead.'
      )(level)
    ]
  },
  {
    id: 'fql-quotes',
    description: 'Texts are in double quotes: single ones become part of the text.',
    find: inCondition(
      ({ singleQuoted }) => singleQuoted,
      'has single quotes, which become part of the text. Use double ones.'
    )
  },
  {
    id: 'fql-null',
    description: `Null is compared by = and != only, and only with ${listOf(NULLABLE)}.`,
    find: inCondition(
      ({ subject, operator, value }) => value === null && !(NULLABLE.includes(subject[0]) && /^!?=$/.test(operator)),
      `compares with the text "null". Compare null by = or !=, with ${listOf(NULLABLE)}.`
    )
  },
  {
    id: 'fql-boolean',
    description: 'Booleans are compared with = only: != always holds.',
    find: inCondition(
      ({ operator, value }) => typeof value === 'boolean' && operator === '!=',
      'holds for true and false alike. Compare with = and the other one.'
    )
  },
  {
    id: 'fql-order',
    description: 'What is compared with <, <=, > and >= is a number.',
    find: inCondition(
      (condition) =>
        isOrder(condition) &&
        condition.value !== null &&
        (typeof condition.value !== 'number' || TEXTS.includes(condition.subject[0])),
      'never holds: only numbers in properties, traits and context have an order. Use =, contains or match.'
    )
  },
  {
    id: 'fql-match',
    description: 'The pattern of match has one `*`, at its beginning or its end.',
    find: inCondition(
      ({ operator, value }) => operator === 'match' && !/^(\*[^*?]+|[^*?]+\*)$/.test(String(value)),
      'has a pattern that is taken for another. Use one `*`, at the beginning or the end, or = or contains.'
    )
  }
]

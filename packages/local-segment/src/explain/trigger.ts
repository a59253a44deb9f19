import type { SegmentEvent } from '@segment/actions-core'
import {
  type Condition,
  generateFql,
  type GroupCondition,
  parseFql,
  validate
} from '@segment/destination-subscriptions'
import { shorten } from './shorten'

/** Why a call matches a trigger or not: a condition, or a group of them. Plain JSON. */
export interface Explanation {
  matches: boolean
  /** The condition or group as Segment reads it, in FQL. */
  text: string
  /** The conditions of a group; empty for a single condition. */
  parts: Explanation[]
  /** How the parts of a group are joined. */
  operator?: 'and' | 'or'
  /** Of a single condition: what the call has there, as short JSON. Absent if the call has nothing there. */
  value?: string
  /** Why it does not match, such as `it is null`, or why Segment cannot tell. */
  problem?: string
  /** Of the whole trigger, if Segment reads it differently than it is written, such as without a condition: its words. */
  readAs?: string
}

/**
 * Explains why a call matches a trigger or not, condition by condition.
 *
 * Segment's own library gives every verdict, so that the explanation cannot differ from what Segment does. A trigger
 * that makes the library throw counts as matching, as it does in `router`: actions-core then rejects the call.
 *
 * @param fql the trigger of a mapping.
 * @see https://segment.com/docs/connections/destinations/actions/#conditions
 */
export function explainTrigger(fql: string, call: SegmentEvent): Explanation {
  const subscription = parseFql(fql)
  if ('error' in subscription) {
    return { matches: false, text: fql, parts: [], problem: 'Segment cannot read this trigger, so no call matches it' }
  }
  const readAs = textOf(subscription)
  return { ...explainGroup(subscription, call, true), ...(!sameFql(readAs, fql) && { readAs }) }
}

/** @param whenThrown the verdict if the library throws. */
function explainGroup(group: GroupCondition, call: SegmentEvent, whenThrown: boolean): Explanation {
  return {
    ...verdict(group, call, whenThrown),
    text: textOf(group),
    operator: group.operator,
    parts: group.children.map((child) =>
      child?.type === 'group' ? explainGroup(child, call, false) : explainCondition(child, call)
    )
  }
}

function explainCondition(condition: Condition | undefined, call: SegmentEvent): Explanation {
  const group: GroupCondition = { type: 'group', operator: 'and', children: [condition as Condition] }
  const result = verdict(group, call, false)
  const explanation = { ...result, text: textOf(group), parts: [] }
  if (!condition || condition.type === 'group' || result.problem) return explanation
  const value = valueOf(condition, call)
  return {
    ...explanation,
    ...(value !== undefined && { value: shorten(value) }),
    ...(!result.matches && { problem: problemOf(condition, value) })
  }
}

function verdict(
  group: GroupCondition,
  call: SegmentEvent,
  whenThrown: boolean
): Pick<Explanation, 'matches' | 'problem'> {
  try {
    return { matches: validate(group, call) }
  } catch {
    return { matches: whenThrown, problem: "Segment's library fails at this condition" }
  }
}

/** FQL for a person. Segment's library throws at the remains of an empty group. */
function textOf(group: GroupCondition): string {
  try {
    return generateFql(group)
  } catch {
    return '()'
  }
}

/** Whether two texts are the same FQL but for blanks, parentheses around all of it, and quotes of one kind. */
const sameFql = (a: string, b: string) => bare(a) === bare(b)
const bare = (fql: string) => fql.replace(/\s+/g, '').replace(/^\((.*)\)$/, '$1')

const ROOTS = { 'event-property': 'properties', 'event-trait': 'traits', 'event-context': 'context' } as const

/** What a condition looks at. Paths are cut as Segment's library cuts them. */
function valueOf(condition: Exclude<Condition, GroupCondition>, call: SegmentEvent): unknown {
  const fields = call as unknown as Record<string, unknown>
  if (condition.type === 'event-type') return fields.type
  if (!('name' in condition)) return fields[condition.type]
  return (condition.name.match(/[^[.\]]+/g) ?? []).reduce<unknown>(
    (value, key) => value && (value as Record<string, unknown>)[key],
    fields[ROOTS[condition.type]]
  )
}

const TEXT_OPERATORS = /contains|starts_with|ends_with/
const NUMBER_OPERATORS = /^(number_|<|>)/
const KNOWN_OPERATORS = /^(=|!=|exists|not_exists|is_true|is_false)$/

function problemOf({ operator, value: expected }: Exclude<Condition, GroupCondition>, value: unknown): string {
  const isNumber = NUMBER_OPERATORS.test(operator)
  if (!isNumber && !TEXT_OPERATORS.test(operator) && !KNOWN_OPERATORS.test(operator)) {
    return `Segment has no operator "${operator}"`
  }
  if (value === undefined) return 'it is missing'
  if (value === null) return 'it is null'
  const shown = `it is ${shorten(value)}`
  if (isNumber && typeof value !== 'number') return `${shown}, which is not a number`
  const isText = TEXT_OPERATORS.test(operator) || (operator === '=' && expected !== undefined)
  return isText && typeof value !== 'string' ? `${shown}, which is not text` : shown
}

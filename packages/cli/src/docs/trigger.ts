import type { DestinationDefinition } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import type { Condition, GroupCondition } from '@segment/destination-subscriptions'
import type { Method } from '../catalog'
import { code, listed } from './markdown'

/** A ready-made mapping of a definition. */
export type Preset = NonNullable<DestinationDefinition['presets']>[number]

/** Segment's own ways to tell that Engage made a call: of an audience or computed trait, and of a linked audience. */
const ENGAGE = ['personas.computation_key', 'personas.event_emitter_id']

/**
 * Which call a preset is for.
 *
 * @throws an error if the preset is for no single kind of call.
 */
export function methodOf(preset: Preset): Method {
  // The slug of a specific event ends with the kind of its call.
  if (preset.type === 'specificEvent') return preset.eventSlug?.split('_').pop() as Method
  const type = conditionsOf(preset.subscribe).find((condition) => condition.type === 'event-type')
  if (!type || type.operator !== '=') throw new Error(`The preset "${preset.name}" is for no single kind of call.`)
  return type.value as Method
}

/**
 * When a preset's mapping is used, in words: `Track call named "Payment Made"`.
 *
 * @throws an error if its conditions are of a kind that this does not know the words for.
 */
export function triggerInWords(preset: Preset): string {
  const call = `${capitalized(methodOf(preset))} call`
  if (preset.type === 'specificEvent') return `${call} of a ${originOf(preset.eventSlug ?? '')}`
  const conditions = conditionsOf(preset.subscribe)
  const otherNames = conditions.filter(isOtherName).map(({ value }) => code(String(value)))
  const words = conditions.filter((condition) => !isOtherName(condition)).map(conditionInWords)
  const but = otherNames.length > 0 ? [`with any name but ${listed(otherNames)}`] : []
  return [call, [...unique(words).filter(Boolean), ...but].join(', ')].filter(Boolean).join(' ')
}

function conditionsOf(fql: string): Condition[] {
  const subscription = parseFql(fql)
  const isPlainAnd = 'children' in subscription && (subscription.operator === 'and' || subscription.children.length < 2)
  if (!isPlainAnd) throw new Error(`No words for the conditions of: ${fql}`)
  return subscription.children
}

const unique = (words: string[]) => [...new Set(words)]

const isOtherName = (condition: Condition): condition is Extract<Condition, { type: 'event' }> =>
  condition.type === 'event' && condition.operator === '!='

function conditionInWords(condition: Condition): string {
  if (condition.type === 'group') return alternativesInWords(condition)
  const isEmptyText = condition.value === ''
  const isThere = condition.operator === 'exists' || (condition.operator === '!=' && isEmptyText)
  const isAbsent = condition.operator === 'not_exists' || (condition.operator === '=' && isEmptyText)
  if (condition.type === 'event-type') return ''
  if (condition.type === 'event' && condition.operator === '=') return `named ${code(String(condition.value))}`
  if (condition.type === 'userId' && isThere) return 'with a user ID'
  if (condition.type === 'userId' && isAbsent) return 'without a user ID'
  if (condition.type === 'event-context' && ENGAGE.includes(condition.name) && isThere) return 'made by Engage'
  if (condition.type === 'event-context' && ENGAGE.includes(condition.name) && isAbsent) return 'not made by Engage'
  throw new Error(`No words for the condition ${JSON.stringify(condition)}`)
}

/** Several conditions of which one is enough, if they mean the same to a person. */
function alternativesInWords({ children, operator }: GroupCondition): string {
  const [words, ...others] = unique(children.map(conditionInWords))
  if (operator === 'or' && others.length === 0) return words
  throw new Error(`No words for the conditions ${JSON.stringify(children)}`)
}

const originOf = (eventSlug: string) => (eventSlug.startsWith('journeys_') ? 'journey' : 'linked audience')

const capitalized = (word: string) => word[0].toUpperCase() + word.slice(1)

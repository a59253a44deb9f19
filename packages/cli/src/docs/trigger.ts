import type { DestinationDefinition } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import type { Condition } from '@segment/destination-subscriptions'
import type { Method } from '../catalog'
import { code, listed } from './markdown'

/** A ready-made mapping of a definition. */
export type Preset = NonNullable<DestinationDefinition['presets']>[number]

/** Segment's own way to tell that Engage made a call. */
const ENGAGE = 'personas.computation_key'

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
  return [call, [...words.filter(Boolean), ...but].join(', ')].filter(Boolean).join(' ')
}

function conditionsOf(fql: string): Condition[] {
  const subscription = parseFql(fql)
  const isPlainAnd = 'children' in subscription && (subscription.operator === 'and' || subscription.children.length < 2)
  if (!isPlainAnd) throw new Error(`No words for the conditions of: ${fql}`)
  return subscription.children
}

const isOtherName = (condition: Condition): condition is Extract<Condition, { type: 'event' }> =>
  condition.type === 'event' && condition.operator === '!='

function conditionInWords(condition: Condition): string {
  const isThere = 'operator' in condition && condition.operator === 'exists'
  const isAbsent = 'operator' in condition && condition.operator === 'not_exists'
  if (condition.type === 'event-type') return ''
  if (condition.type === 'event' && condition.operator === '=') return `named ${code(String(condition.value))}`
  if (condition.type === 'userId' && isThere) return 'with a user ID'
  if (condition.type === 'userId' && isAbsent) return 'without a user ID'
  if (condition.type === 'event-context' && condition.name === ENGAGE && isThere) return 'made by Engage'
  if (condition.type === 'event-context' && condition.name === ENGAGE && isAbsent) return 'not made by Engage'
  throw new Error(`No words for the condition ${JSON.stringify(condition)}`)
}

const originOf = (eventSlug: string) => (eventSlug.startsWith('journeys_') ? 'journey' : 'linked audience')

const capitalized = (word: string) => word[0].toUpperCase() + word.slice(1)

import type { DestinationDefinition } from '@segment/actions-core'
import { type Condition, type GroupCondition, parseFql } from '@segment/destination-subscriptions'
import { partition, uniq, upperFirst } from 'lodash'
import type { Method } from '../catalog'
import { CliError } from '../errors'
import { joinWithAnd } from '../text'
import { inlineCode } from './syntax'

/** A ready-made mapping of a definition. */
export type Preset = NonNullable<DestinationDefinition['presets']>[number]

/** What Engage puts into the context of its calls: of an audience or computed trait, and of a linked audience. */
const ENGAGE_KEYS = ['personas.computation_key', 'personas.event_emitter_id']

/**
 * The call that a preset matches.
 *
 * @throws CliError if it matches more than one kind of call.
 */
export function methodOf(preset: Preset): Method {
  // An event slug ends with the kind of its call.
  if (preset.type === 'specificEvent') return preset.eventSlug?.split('_').pop() as Method
  const type = conditionsOf(preset).find((condition) => condition.type === 'event-type')
  if (!type || type.operator !== '=') {
    throw new CliError(
      `The preset "${preset.name}" does not match a single kind of call. Give it one, such as type = "page".`
    )
  }
  return type.value as Method
}

/**
 * The calls that a preset matches, for a person: `Track call named "Payment Made"`.
 *
 * @throws CliError if the preset has a condition that this function cannot describe.
 */
export function describeTrigger(preset: Preset): string {
  const call = `${upperFirst(methodOf(preset))} call`
  if (preset.type === 'specificEvent') return `${call} of a ${sourceOf(preset.eventSlug ?? '')}`
  const [exclusions, conditions] = partition(conditionsOf(preset), isExcludedName)
  const otherNames = exclusions.map(({ value }) => inlineCode(String(value)))
  const parts = uniq(conditions.map((condition) => describeCondition(preset, condition))).filter(Boolean)
  const rest = otherNames.length > 0 ? [`with any name except ${joinWithAnd(otherNames)}`] : []
  return [call, [...parts, ...rest].join(', ')].filter(Boolean).join(' ')
}

/** Whether a preset matches the calls that Engage makes for audiences and computed traits, and no others. */
export const isMadeByEngage = (preset: Preset): boolean =>
  preset.type === 'automatic' && /(?<!not )made by Engage/.test(describeTrigger(preset))

function conditionsOf(preset: Extract<Preset, { type: 'automatic' }>): Condition[] {
  const subscription = parseFql(preset.subscribe)
  const isPlainAnd = 'children' in subscription && (subscription.operator === 'and' || subscription.children.length < 2)
  if (!isPlainAnd) throw cannotDescribe(preset, preset.subscribe)
  return subscription.children
}

const isExcludedName = (condition: Condition): condition is Extract<Condition, { type: 'event' }> =>
  condition.type === 'event' && condition.operator === '!='

function describeCondition(preset: Preset, condition: Condition): string {
  if (condition.type === 'group') return describeAlternatives(preset, condition)
  const isEmptyText = condition.value === ''
  const exists = condition.operator === 'exists' || (condition.operator === '!=' && isEmptyText)
  const isMissing = condition.operator === 'not_exists' || (condition.operator === '=' && isEmptyText)
  if (condition.type === 'event-type') return ''
  if (condition.type === 'event' && condition.operator === '=') return `named ${inlineCode(String(condition.value))}`
  if (condition.type === 'userId' && exists) return 'with a user ID'
  if (condition.type === 'userId' && isMissing) return 'without a user ID'
  if (condition.type === 'event-context' && ENGAGE_KEYS.includes(condition.name) && exists) return 'made by Engage'
  if (condition.type === 'event-context' && ENGAGE_KEYS.includes(condition.name) && isMissing)
    return 'not made by Engage'
  throw cannotDescribe(preset, JSON.stringify(condition))
}

/** Conditions of which one is enough, if they mean the same to a person. */
function describeAlternatives(preset: Preset, { children, operator }: GroupCondition): string {
  const [words, ...others] = uniq(children.map((condition) => describeCondition(preset, condition)))
  if (operator === 'or' && others.length === 0) return words
  throw cannotDescribe(preset, JSON.stringify(children))
}

const cannotDescribe = ({ name }: Preset, condition: string) =>
  new CliError(
    `The docs cannot describe a condition of the preset "${name}": ${condition}. Add it to packages/cli/src/markdown/trigger.ts.`
  )

const sourceOf = (eventSlug: string) => (eventSlug.startsWith('journeys_') ? 'journey' : 'linked audience')

import type { DestinationDefinition } from '@segment/actions-core'
import { callsFor, matcher } from './calls'
import {
  type Action,
  actionOf,
  automaticPresets,
  type Definition,
  isBlank,
  isInternal,
  type Located,
  locatedPresets,
  type Preset
} from './definition'
import type { RuleFinding, Rule } from './finding'
import type { SampleCall } from './sample-calls'

type EventSlug = Extract<NonNullable<DestinationDefinition['presets']>[number], { type: 'specificEvent' }>['eventSlug']

/** The Engage events that a preset can be for. The type is actions-core's, so the compiler finds a missing one. */
const EVENT_SLUGS: Record<EventSlug | 'journey_step_all_events_track', true> = {
  warehouse_entity_added_track: true,
  warehouse_entity_removed_track: true,
  warehouse_entity_values_changed_track: true,
  warehouse_audience_entered_track: true,
  warehouse_audience_exited_track: true,
  warehouse_audience_membership_changed_identify: true,
  warehouse_all_events_track: true,
  journeys_step_entered_track: true,
  // Newer than the actions-core that is installed.
  journey_step_all_events_track: true
}

/** The rules for presets. */
export const PRESET_RULES: Rule[] = [
  {
    id: 'preset-name',
    description: 'Every preset has a name of its own.',
    severity: 'error',
    check: nameFindings
  },
  {
    id: 'preset-action',
    description: 'Every preset is for an action of the definition.',
    severity: 'error',
    check: (definition) =>
      locatedPresets(definition).flatMap(({ preset: { partnerAction }, where }) =>
        actionOf(definition, partnerAction)
          ? []
          : [
              {
                where,
                message: `is for the action ${partnerAction}, which does not exist. Use one of: ${listOf(definition.actions)}.`
              }
            ]
      )
  },
  {
    id: 'preset-trigger',
    description: 'An automatic preset has FQL; a preset for a specific event has an event slug of Engage.',
    severity: 'error',
    check: (definition) =>
      locatedPresets(definition).flatMap(({ preset, where }) => {
        const message = triggerProblem(preset)
        return message === undefined ? [] : [{ where, message }]
      })
  },
  {
    id: 'preset-field',
    description: 'Presets map only fields of their action.',
    severity: 'error',
    check: (definition) =>
      presetsOfActions(definition).flatMap(({ preset, action, where }) =>
        Object.keys(preset.mapping ?? {})
          .filter((key) => !Object.hasOwn(action.fields, key) && !isInternal(key))
          .map((field) => ({
            where: { ...where, field },
            message: `is not a field of the action ${preset.partnerAction}. It has ${listOf(action.fields)}.`
          }))
      )
  },
  {
    id: 'preset-required',
    description: 'Presets map every field that their action requires.',
    severity: 'error',
    check: (definition) =>
      presetsOfActions(definition).flatMap(({ preset, action, where }) =>
        Object.entries(action.fields)
          .filter(([key, { required }]) => required === true && preset.mapping?.[key] === undefined)
          .map(([field]) => ({
            where: { ...where, field },
            message: `is required by the action ${preset.partnerAction}, but not mapped. Map it.`
          }))
      )
  },
  {
    id: 'preset-overlap',
    description: 'No call matches two automatic presets: it would be sent twice.',
    severity: 'warning',
    docs: 'https://segment.com/docs/connections/destinations/actions/#conditions',
    check: overlappingPresets
  }
]

const listOf = (record: object) => Object.keys(record).join(', ')

const presetsOfActions = (definition: Definition): Located<{ preset: Preset; action: Action }>[] =>
  locatedPresets(definition).flatMap(({ preset, where }) => {
    const action = actionOf(definition, preset.partnerAction)
    return action === undefined ? [] : [{ preset, action, where }]
  })

function nameFindings(definition: Definition): RuleFinding[] {
  const presets = locatedPresets(definition)
  return presets.flatMap(({ preset: { name }, where }, index) => {
    if (isBlank(name)) return [{ where, message: 'has no name. Give it one.' }]
    return presets.findIndex(({ preset }) => preset.name === name) === index
      ? []
      : [{ where, message: 'has the same name as another preset. Rename one of them.' }]
  })
}

function triggerProblem({ type, subscribe, eventSlug = '' }: Preset): string | undefined {
  switch (type) {
    case 'automatic':
      return typeof subscribe === 'string' ? undefined : 'is automatic, but has no FQL. Write it in subscribe.'
    case 'specificEvent':
      return Object.hasOwn(EVENT_SLUGS, eventSlug)
        ? undefined
        : `has the unknown event slug "${eventSlug}". Use one of: ${listOf(EVENT_SLUGS)}.`
    default:
      return `has the unknown type "${type}". Use automatic or specificEvent.`
  }
}

function overlappingPresets(definition: Definition, samples: readonly SampleCall[]): RuleFinding[] {
  const presets = automaticPresets(definition).map(({ fql, where }) => ({
    where,
    samples: callsFor(fql, samples),
    matches: matcher(fql)
  }))
  return presets.flatMap((one, index) =>
    presets.slice(index + 1).flatMap((other) => {
      const shared = [...one.samples, ...other.samples].find(({ call }) => one.matches(call) && other.matches(call))
      return shared === undefined
        ? []
        : [
            {
              where: one.where,
              message: `matches what "${other.where.preset}" matches too, such as ${shared.title}. Narrow one of them, or tell customers that both send it.`
            }
          ]
    })
  )
}

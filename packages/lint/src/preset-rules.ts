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

/** The events of Engage that a preset can be for. The type is actions-core's, so that none can be forgotten. */
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
    description: 'Presets have a name, each another.',
    severity: 'error',
    check: nameFindings
  },
  {
    id: 'preset-action',
    description: 'Presets are for an action that there is.',
    severity: 'error',
    check: (definition) =>
      locatedPresets(definition).flatMap(({ preset: { partnerAction }, where }) =>
        actionOf(definition, partnerAction)
          ? []
          : [
              {
                where,
                message: `is for the action ${partnerAction}, which there is not. There are ${listOf(definition.actions)}.`
              }
            ]
      )
  },
  {
    id: 'preset-trigger',
    description: 'Automatic presets subscribe with FQL, those for a specific event name one that Engage has.',
    severity: 'error',
    check: (definition) =>
      locatedPresets(definition).flatMap(({ preset, where }) => {
        const message = triggerProblem(preset)
        return message === undefined ? [] : [{ where, message }]
      })
  },
  {
    id: 'preset-field',
    description: 'Presets map fields that their action has.',
    severity: 'error',
    check: (definition) =>
      presetsOfActions(definition).flatMap(({ preset, action, where }) =>
        Object.keys(preset.mapping ?? {})
          .filter((key) => !Object.hasOwn(action.fields, key) && !isInternal(key))
          .map((field) => ({
            where: { ...where, field },
            message: `is no field of the action ${preset.partnerAction}. It has ${listOf(action.fields)}.`
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
            message: `is required by the action ${preset.partnerAction}, and not mapped. Map it.`
          }))
      )
  },
  {
    id: 'preset-overlap',
    description: 'No call is matched by two automatic presets: it would be sent twice.',
    severity: 'warning',
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
      : [{ where, message: 'has the name of another preset. Give it one of its own.' }]
  })
}

function triggerProblem({ type, subscribe, eventSlug = '' }: Preset): string | undefined {
  switch (type) {
    case 'automatic':
      return typeof subscribe === 'string' ? undefined : 'is automatic, and subscribes to nothing. Write FQL.'
    case 'specificEvent':
      return Object.hasOwn(EVENT_SLUGS, eventSlug)
        ? undefined
        : `has the event slug "${eventSlug}", which there is not. There are ${listOf(EVENT_SLUGS)}.`
    default:
      return `has the type "${type}". There are automatic and specificEvent.`
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
              message: `matches what "${other.where.preset}" matches too, such as ${shared.title}. Part them, or tell customers.`
            }
          ]
    })
  )
}

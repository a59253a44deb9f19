import { isDeepStrictEqual } from 'node:util'
import { uniq } from 'lodash'
import { callsFor } from './calls'
import {
  actionOf,
  type Definition,
  isInternal,
  type Located,
  locatedFieldsOf,
  locatedPresets,
  type Preset
} from './definition'
import { problemsIn, type MappingProblem, resolveMapping } from './directives'
import type { RuleFinding, Rule } from './finding'
import type { Call, SampleCall } from './sample-calls'

type Samples = readonly SampleCall[]

/** A mapping of the definition, and the calls that it is applied to. */
type Mapping = Located<{ mapping: unknown; calls: Call[] }>

const rule = (id: string, description: string, kind: MappingProblem['kind']): Rule => ({
  id,
  description,
  severity: 'error',
  check: (definition, samples) =>
    [...fieldDefaults(definition, samples), ...presetOverrides(definition, samples)].flatMap(
      ({ mapping, calls, where }) =>
        uniq(
          problemsIn(mapping, calls)
            .filter((problem) => problem.kind === kind)
            .map(({ message }) => message)
        ).map((message) => ({ where, message }))
    )
})

/** The rules for what a customer gets without mapping anything. */
export const DEFAULTS_RULES: Rule[] = [
  rule('default-directive', 'Defaults and presets use directives of actions-core, with valid options.', 'directive'),
  rule('default-path', "Paths are well formed and start with a member that Segment's spec has.", 'path'),
  rule(
    'default-resolves',
    'Every path has a value in at least one sample call that the action or preset gets.',
    'resolves'
  ),
  {
    id: 'preset-resolves',
    description: 'Every required field has a value in at least one call that the preset gets.',
    severity: 'error',
    check: unresolvedRequiredFields
  }
]

function fieldDefaults(definition: Definition, samples: Samples): Mapping[] {
  return Object.entries(definition.actions).flatMap(([key, action]) => {
    const calls = callsForAction(definition, key, samples)
    return locatedFieldsOf(key, action).map(({ field, where }) => ({ mapping: field.default, calls, where }))
  })
}

/** What presets map differently from the defaults of the fields, which are checked already. */
function presetOverrides(definition: Definition, samples: Samples): Mapping[] {
  return locatedPresets(definition).flatMap(({ preset, where }) =>
    Object.entries(preset.mapping ?? {})
      .filter(([key]) => !isInternal(key))
      .filter(([key, mapping]) => !isDeepStrictEqual(mapping, fieldsOf(definition, preset)[key]?.default))
      .map(([key, mapping]) => ({ mapping, calls: callsForPreset(preset, samples), where: { ...where, field: key } }))
  )
}

/** Required fields whose default has a value for other calls of the action, but not for those of the preset. */
function unresolvedRequiredFields(definition: Definition, samples: Samples): RuleFinding[] {
  return locatedPresets(definition).flatMap(({ preset, where }) => {
    const callsOfAll = callsForAction(definition, preset.partnerAction, samples)
    const calls = callsForPreset(preset, samples)
    return Object.entries(fieldsOf(definition, preset))
      .filter(([key, field]) => field.required === true && isDeepStrictEqual(preset.mapping?.[key], field.default))
      .filter(([, { default: mapping }]) => resolvesInAny(mapping, callsOfAll) && !resolvesInAny(mapping, calls))
      .map(([field]) => ({
        where: { ...where, field },
        message:
          'is required, but its default has no value in the calls that the preset gets. Map it to something that they have.'
      }))
  })
}

function resolvesInAny(mapping: unknown, calls: Call[]): boolean {
  try {
    return calls.some((call) => resolveMapping(mapping, call) !== undefined)
  } catch {
    // The rule default-directive reports a mapping that cannot run.
    return false
  }
}

const fieldsOf = (definition: Definition, { partnerAction }: Preset) =>
  actionOf(definition, partnerAction)?.fields ?? {}

/** The calls that an action may get: those that match its default subscription or its presets. */
function callsForAction(definition: Definition, action: string, samples: Samples): Call[] {
  const { presets = [] } = definition
  const defaultSubscription = actionOf(definition, action)?.defaultSubscription
  const expected = [
    ...(defaultSubscription === undefined ? [] : callsFor(defaultSubscription, samples)),
    ...presets
      .filter(({ partnerAction }) => partnerAction === action)
      .flatMap((preset) => samplesForPreset(preset, samples))
  ]
  return withFallback(expected, samples)
}

const callsForPreset = (preset: Preset, samples: Samples): Call[] =>
  withFallback(samplesForPreset(preset, samples), samples)

function samplesForPreset({ subscribe, eventSlug }: Preset, samples: Samples): Samples {
  if (subscribe !== undefined) return callsFor(subscribe, samples)
  return samples.filter(
    ({ emitter, call }) => emitter && eventSlug?.startsWith(emitter) && eventSlug.endsWith(`_${String(call.type)}`)
  )
}

/** The expected calls; all samples if it is not known what to expect. */
const withFallback = (expected: Samples, samples: Samples): Call[] =>
  (expected.length > 0 ? expected : samples).map(({ call }) => call)

import { parseFql, validate } from '@segment/destination-subscriptions'
import destination from '@tractionboard/destination'
import type { Definition } from '@tractionboard/lint'
import { CALL_OF_PRESET, CALLS } from '../destination'

const CALLS_FILE = 'packages/destination/src/__tests__/__helpers__/calls.ts'
const PRESETS_FILE = 'packages/destination/src/presets.ts'

type Presets = Pick<Definition, 'presets'>

const automatic = ({ presets = [] }: Presets) => presets.filter(({ type }) => type === 'automatic')

/** What to do about each automatic preset that no sample call matches. */
const missingCalls = (definition: Presets): string[] =>
  automatic(definition)
    .filter(({ name = '', subscribe = '' }) => {
      const call = CALLS[CALL_OF_PRESET[name]]
      return call === undefined || !validate(parseFql(subscribe), call)
    })
    .map(
      ({ name, subscribe }) =>
        `The preset "${name}" has no call. In ${CALLS_FILE}, add one to CALLS that matches \`${subscribe}\`, and its name to CALL_OF_PRESET.`
    )

/** What to do about each action that no automatic preset is for. */
const missingPresets = (actions: string[], definition: Presets): string[] =>
  actions
    .filter((slug) => !automatic(definition).some(({ partnerAction }) => partnerAction === slug))
    .map((slug) => `The action "${slug}" has no automatic preset. Add one to ${PRESETS_FILE}.`)

describe('the sample calls', () => {
  it('have one for every automatic preset of the destination', () => {
    expect(missingCalls(destination)).toEqual([])
  })

  it('are asked for by the name of a new preset and the file to edit', () => {
    const preset = { name: 'No Preset', type: 'automatic', partnerAction: 'none', subscribe: 'event = "None"' }
    expect(missingCalls({ presets: [preset] })).toEqual([
      `The preset "No Preset" has no call. In ${CALLS_FILE}, add one to CALLS that matches \`event = "None"\`, and its name to CALL_OF_PRESET.`
    ])
  })
})

describe('the presets', () => {
  it('have an automatic one for every action of the destination', () => {
    expect(missingPresets(Object.keys(destination.actions), destination)).toEqual([])
  })

  it('are asked for by the slug of a new action and the file to edit', () => {
    expect(missingPresets(['visit', 'none'], destination)).toEqual([
      `The action "none" has no automatic preset. Add one to ${PRESETS_FILE}.`
    ])
  })
})

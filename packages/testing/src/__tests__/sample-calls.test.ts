import { parseFql, validate } from '@segment/destination-subscriptions'
import destination from '@tractionboard/destination'
import { type Definition, SAMPLE_CALLS } from '@tractionboard/lint'
import { CALLS } from '../destination'

/** The lists of calls that tests send through the presets, by the file to edit. */
const LISTS: Record<string, object[]> = {
  'packages/lint/src/sample-calls.ts': SAMPLE_CALLS.map(({ call }) => call),
  'packages/destination/src/__tests__/__helpers__/calls.ts': Object.values(CALLS)
}

/** What to do about each automatic preset that has no call in a list. */
const missingCalls = ({ presets = [] }: Pick<Definition, 'presets'>): string[] =>
  Object.entries(LISTS).flatMap(([file, calls]) =>
    presets
      .filter(({ subscribe }) => subscribe !== undefined)
      .filter(({ subscribe = '' }) => !calls.some((call) => validate(parseFql(subscribe), call)))
      .map(
        ({ name, subscribe }) => `The preset "${name}" has no call. Add one that matches \`${subscribe}\` to ${file}.`
      )
  )

describe('the sample calls', () => {
  it('have one for every automatic preset of the destination', () => {
    expect(missingCalls(destination)).toEqual([])
  })

  it('are asked for by the name of a new preset and the file to edit', () => {
    const trials = { name: 'Trials', type: 'automatic', partnerAction: 'trial', subscribe: 'event = "Trial Started"' }
    expect(missingCalls({ presets: [trials] })).toEqual(
      Object.keys(LISTS).map(
        (file) => `The preset "Trials" has no call. Add one that matches \`event = "Trial Started"\` to ${file}.`
      )
    )
  })
})

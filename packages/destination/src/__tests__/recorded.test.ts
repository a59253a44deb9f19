import { existsSync, readdirSync } from 'fs'
import { join } from 'path'
import nock from 'nock'
import destination from '..'
import { recordingOf, SCENARIOS } from './__helpers__/scenarios'

// The recordings come from the sandbox and are never edited. No request leaves this process: one that differs from its
// recording, or has none, is an error.
beforeAll(() => {
  nock.back.fixtures = join(__dirname, 'recordings')
  nock.back.setMode('lockdown')
})

afterAll(() => nock.back.setMode('wild'))

describe('the destination, replaying a recording,', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'does as expected: %s',
    async (_, scenario) => {
      const { nockDone, context } = await nock.back(recordingOf(scenario))
      try {
        expect(context.isLoaded).toBe(true)
        const actual = await scenario.run(destination)
        expect([actual].flat()).toHaveLength([scenario.expected].flat().length)
        expect(actual).toMatchObject(scenario.expected)
        context.assertScopesFinished()
      } finally {
        nockDone()
      }
    }
  )

  it('has exactly one recording for each scenario', () => {
    const names = SCENARIOS.map(recordingOf)
    expect(new Set(names).size).toBe(names.length)
    expect([...readdirSync(nock.back.fixtures)].sort()).toStrictEqual([...names].sort())
    expect(names.every((name) => existsSync(join(nock.back.fixtures, name)))).toBe(true)
  })
})

import { existsSync, readdirSync } from 'fs'
import { join } from 'path'
import nock from 'nock'
import destination from '..'
import { recordingOf, SCENARIOS } from './__helpers__/scenarios'

// What Tractionboard answered was recorded, never written by hand. Nothing is sent here: a request that differs from the
// recorded one, or that was not recorded, is an error.
beforeAll(() => {
  nock.back.fixtures = join(__dirname, 'recordings')
  nock.back.setMode('lockdown')
})

afterAll(() => nock.back.setMode('wild'))

describe('recorded', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
    const { nockDone, context } = await nock.back(recordingOf(scenario))
    try {
      expect(context.isLoaded).toBe(true)
      const told = await scenario.run(destination)
      expect([told].flat()).toHaveLength([scenario.told].flat().length)
      expect(told).toMatchObject(scenario.told)
      context.assertScopesFinished()
    } finally {
      nockDone()
    }
  })

  it('is each scenario in a recording of its own, and nothing else', () => {
    const names = SCENARIOS.map(recordingOf)
    expect(new Set(names).size).toBe(names.length)
    expect(readdirSync(nock.back.fixtures).sort()).toEqual([...names].sort())
    expect(names.every((name) => existsSync(join(nock.back.fixtures, name)))).toBe(true)
  })
})

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { reference } from '@tractionboard/testing/reference'
import { sampleArchive } from '../archive'

const SAMPLE = resolve(__dirname, '../../../packages/cli/sample')
const sampleFiles = () => readdirSync(SAMPLE).map((name) => join(SAMPLE, name))

describe('sampleArchive', () => {
  it('makes the files that are committed', () => {
    const committed = sampleFiles().map((file) => gunzipSync(readFileSync(file)).toString('utf8'))
    const generated = sampleArchive()
    expect(readdirSync(SAMPLE)).toEqual(generated.map(({ name }) => name))
    // `toEqual` on the texts would print megabytes.
    expect(generated.filter(({ text }, index) => text !== committed[index]).map(({ name }) => name)).toEqual([])
  })

  it('makes less than 600 kB', () => {
    const bytes = sampleFiles().reduce((sum, file) => sum + statSync(file).size, 0)
    expect(bytes).toBeLessThan(600_000)
  })

  it('has a case of everything that can become of a call', () => {
    const { actions, totals, malformedLines, verdicts } = reference(sampleFiles())
    expect(malformedLines).toHaveLength(2)
    expect(Object.values(totals).every((count) => count > 0)).toBe(true)
    expect(Object.values(actions).every(({ accepted }) => accepted > 0)).toBe(true)
    expect([...new Set(verdicts.flatMap(({ reason }) => reason ?? []))].sort()).toEqual([
      'alias to itself',
      'blank message id',
      'conflict',
      'negative payment',
      'no amount',
      'no attributes',
      'no user',
      'nobody',
      'not a date',
      'not an amount',
      'unknown currency',
      'unusable user id'
    ])
  })

  it('makes a believable company', () => {
    const { dashboard, users } = reference(sampleFiles(), [{ currency: 'USD', amount: 12000 }])
    expect(dashboard).toMatchObject({
      signups: 196,
      people_signed_up: 191,
      users: 203,
      visitors: 798,
      customers: 191,
      canceled: 35
    })
    expect(users.filter(({ earnings }) => Object.keys(earnings).length > 0)).toHaveLength(136)
    expect(dashboard.uac).toEqual({ USD: '62.83' })
  })
})

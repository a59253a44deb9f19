import type { DestinationDefinition } from '@segment/actions-core'
import { gzipSync } from 'node:zlib'
import { replay } from '../replay'
import { testFolder } from '@tractionboard/testing/test-folder'
import { SILENT } from '@tractionboard/testing/silent-progress'

const folder = testFolder()
afterAll(() => folder.remove())

/** A destination with one action, which takes everything, and what it was given. */
function recorder(...subscriptions: string[]) {
  const batches: string[][] = []
  const definition: DestinationDefinition<object> = {
    name: 'Recorder',
    mode: 'cloud',
    actions: {
      keep: {
        title: 'Keep',
        description: 'Keeps ids.',
        fields: {
          id: { label: 'ID', description: 'An id.', type: 'string' },
          all: { label: 'All', description: 'What a call carries.', type: 'object' }
        },
        perform: () => undefined,
        performBatch: (_, { payload }) => {
          batches.push((payload as { id: string }[]).map(({ id }) => id))
        }
      }
    },
    presets: subscriptions.map((subscribe, index) => ({
      name: `Preset ${index + 1}`,
      type: 'automatic',
      partnerAction: 'keep',
      subscribe,
      mapping: { id: { '@path': '$.messageId' }, all: { '@path': '$.properties' } }
    }))
  }
  return { definition, batches }
}

const calls = (count: number) =>
  Array.from({ length: count }, (_, index): Record<string, unknown> => ({ type: 'track', messageId: `m-${index + 1}` }))

const write = (name: string, lines: unknown[]) =>
  folder.write(name, lines.map((line) => JSON.stringify(line)).join('\n'))

describe('replay', () => {
  it('rejects each call that makes actions-core throw, with its line, and sends its batch without it', async () => {
    const { definition, batches } = recorder('type = "track"')
    const lines = calls(1000)
    lines[6].context = null
    lines[7].context = { personas: null }
    const texts = lines.map((line) => JSON.stringify(line))
    texts[998] = `{"type":"track","properties":{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`
    const file = folder.write('throwing.json', texts.join('\n'))
    const report = await replay(definition, {}, [file], SILENT)

    expect(report).toMatchObject({ read: 1000, accepted: 997, rejected: 3 })
    expect(new Set(batches.flat()).size).toBe(997)
    expect(batches.flat()).toHaveLength(997)
    const rejected = report.rejections.flatMap(({ reason, calls }) => calls.map(({ line }) => `${line}: ${reason}`))
    expect(rejected).toEqual([
      '7: actions-core cannot process this call: context is null. Send an object, or leave it out.',
      '8: actions-core cannot process this call: context.personas is null. Send an object, or leave it out.',
      '999: actions-core cannot process this call: it is nested too deeply. Send flatter objects and lists.'
    ])
  })

  it('rejects a call whose subscription cannot be evaluated, and sends it to the other mappings', async () => {
    // The parser drops anonymousId, and leaves empty parentheses that the evaluation falls into.
    const { definition, batches } = recorder('type = "track" and (anonymousId = "a")', 'type = "track"')
    const report = await replay(definition, {}, [write('routing.json', calls(1))], SILENT)
    expect(report).toMatchObject({ read: 1, accepted: 1, rejected: 1 })
    expect(report.rejections).toMatchObject([
      { reason: expect.stringContaining('actions-core cannot process') as string }
    ])
    expect(batches).toEqual([['m-1']])
  })

  it('goes on with the next file after one that is damaged', async () => {
    const { definition } = recorder('type = "track"')
    const whole = gzipSync(
      calls(100)
        .map((call) => JSON.stringify(call))
        .join('\n')
    )
    const cut = folder.write('cut.json.gz', whole.subarray(0, whole.length - 8))
    const table = folder.write('table.csv', 'type,event\ntrack,Paid\n')
    const report = await replay(definition, {}, [cut, table, write('good.json', calls(10))], SILENT)
    expect(report.readErrors).toEqual([
      expect.stringMatching(/cut\.json\.gz after line 99: it ends too early\.$/),
      expect.stringMatching(/table\.csv: it looks like CSV;/)
    ])
    expect(report).toMatchObject({ read: 109, accepted: 109, malformedLines: [] })
  })

  it('names the element of an array that was rejected', async () => {
    const { definition } = recorder('type = "track"')
    const file = folder.write('array.json', JSON.stringify([...calls(2), { type: 'track', context: null }]))
    const { rejections } = await replay(definition, {}, [file], SILENT)
    expect(rejections).toMatchObject([{ calls: [{ file, line: 1, element: 3 }] }])
  })
})

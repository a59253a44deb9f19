import { gzipSync } from 'node:zlib'
import { ReadError } from '../errors'
import { readArchives, sizeOf, type Entry } from '../archive'
import { testFolder } from '@tractionboard/testing/test-folder'

const folder = testFolder()
afterAll(() => folder.remove())

const LINES = '{"type":"page","messageId":"1"}\n\n{"type":"track"\n{"type":"track","messageId":"2"}\n'

async function read(...files: string[]): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readArchives(files)) entries.push(entry)
  return entries
}

const told = (file: string) => [
  { file, line: 1, call: { type: 'page', messageId: '1' } },
  { file, line: 3, problem: 'is not JSON' },
  { file, line: 4, call: { type: 'track', messageId: '2' } }
]

describe('an archive', () => {
  it('is read as plain lines, and a broken one is told by its number while the rest goes on', async () => {
    const file = folder.write('plain.json', LINES)
    expect(await read(file)).toEqual(told(file))
  })

  it('is read gzipped, whatever its name', async () => {
    const file = folder.write('zipped', gzipSync(LINES))
    expect(await read(file)).toEqual(told(file))
  })

  it('is read to the end where it was zipped in pieces, as a log that was appended to is', async () => {
    const file = folder.write(
      'pieces.gz',
      Buffer.concat([gzipSync('{"type":"page"}\n'), gzipSync('{"type":"screen"}\n')])
    )
    expect((await read(file)).map((entry) => 'call' in entry && entry.call.type)).toEqual(['page', 'screen'])
  })

  it('may have no line end at its end, and lines that end as Windows ends them', async () => {
    const file = folder.write('windows.json', '{"type":"page"}\r\n{"type":"screen"}')
    expect(await read(file)).toHaveLength(2)
  })

  it('may be empty', async () => {
    expect(await read(folder.write('empty.json', ''))).toEqual([])
  })

  it.each(['5', 'null', '[]', '"page"', '{}', '{"type":5}'])('tells that %s is not a Segment call', async (line) => {
    const file = folder.write('no-call.json', line)
    expect(await read(file)).toEqual([{ file, line: 1, problem: 'is not a Segment call: it has no type' }])
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['is not there', () => folder.path('absent.json'), /^Cannot read .*absent\.json: there is no such file\.$/],
    ['is a folder', () => folder.path('.'), /^Cannot read .*: it is a folder; name the files in it\.$/]
  ])('because it %s is told before anything is read', async (_, path, message) => {
    const attempt = sizeOf([folder.write('there.json', LINES), path()])
    await expect(attempt).rejects.toThrow(ReadError)
    await expect(attempt).rejects.toThrow(message)
  })

  it('to its end, because it was cut off, is told with the line that was reached', async () => {
    const whole = gzipSync(
      Array.from({ length: 5000 }, (_, id) => JSON.stringify({ type: 'page', id, noise: Math.sin(id) })).join('\n')
    )
    const file = folder.write('cut.json.gz', whole.subarray(0, whole.length / 2))
    await expect(read(file)).rejects.toThrow(/^Cannot read .*cut\.json\.gz after line \d+: it ends too early\.$/)
  })

  it('because it only looks zipped is told', async () => {
    const file = folder.write('fake.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3]))
    await expect(read(file)).rejects.toThrow(/^Cannot read .*fake\.gz: /)
  })
})

describe('the size of archives', () => {
  it('is that of the files as they are stored, and nothing for standard input', async () => {
    expect(await sizeOf([folder.write('five', '12345'), '-', folder.write('two', '12')])).toBe(7)
  })
})

import { gzipSync } from 'node:zlib'
import { omit } from 'lodash'
import { ReadError } from '../errors'
import { type Archive, MAX_RECORD_BYTES, type Entry } from '../archive'
import { listArchives, readArchives } from '../sources'
import { testFolder } from '@tractionboard/testing/test-folder'

const folder = testFolder()
afterAll(() => folder.remove())

const LINES = '{"type":"page","messageId":"1"}\n\n{"type":"track"\n{"type":"track","messageId":"2"}\n'

/** An entry without its length, which a test of its own checks. */
const withoutBytes = (entry: Entry) => omit(entry, 'bytes') as Entry

async function read(...files: string[]): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readArchives(files)) entries.push(withoutBytes(entry))
  return entries
}

async function list(...sources: string[]): Promise<Archive[]> {
  const archives: Archive[] = []
  for await (const archive of listArchives(sources)) archives.push(archive)
  return archives
}

/** What is read before a file fails, and why it fails. */
async function readToFailure(file: string): Promise<{ entries: Entry[]; error: unknown }> {
  const entries: Entry[] = []
  try {
    for await (const entry of readArchives([file])) entries.push(withoutBytes(entry))
  } catch (error) {
    return { entries, error }
  }
  throw new Error(`${file} was read to its end`)
}

const entriesOfLines = (file: string) => [
  { file, line: 1, call: { type: 'page', messageId: '1' } },
  { file, line: 3, problem: 'is not JSON' },
  { file, line: 4, call: { type: 'track', messageId: '2' } }
]

describe('readArchives', () => {
  it('reads plain lines, names a broken one by its number, and goes on', async () => {
    const file = folder.write('plain.json', LINES)
    expect(await read(file)).toEqual(entriesOfLines(file))
  })

  it('reads gzipped lines, whatever the name of the file', async () => {
    const file = folder.write('zipped', gzipSync(LINES))
    expect(await read(file)).toEqual(entriesOfLines(file))
  })

  it('reads a file to its end that was zipped in pieces, as a log that was appended to is', async () => {
    const file = folder.write(
      'pieces.gz',
      Buffer.concat([gzipSync('{"type":"page"}\n'), gzipSync('{"type":"screen"}\n')])
    )
    expect((await read(file)).map((entry) => 'call' in entry && entry.call.type)).toEqual(['page', 'screen'])
  })

  it('reads a gzipped file that is padded with zeros', async () => {
    const file = folder.write('padded.gz', Buffer.concat([gzipSync(LINES), Buffer.alloc(40_000)]))
    expect(await read(file)).toEqual(entriesOfLines(file))
  })

  it('reads lines that end as Windows ends them, and a last line without an end', async () => {
    const file = folder.write('windows.json', '{"type":"page"}\r\n{"type":"screen"}')
    expect(await read(file)).toHaveLength(2)
  })

  it('reads nothing from an empty file', async () => {
    expect(await read(folder.write('empty.json', ''))).toEqual([])
    expect(await read(folder.write('empty.json.gz', gzipSync('')))).toEqual([])
  })

  it.each(['5', 'null', '[]', '"page"', '{}', '{"type":5}'])('says that %s is not a Segment call', async (text) => {
    const file = folder.write('no-call.json', `{"type":"page"}\n${text}`)
    expect(await read(file)).toEqual([
      { file, line: 1, call: { type: 'page' } },
      { file, line: 2, problem: 'is not a Segment call: it has no type' }
    ])
  })

  it('skips a byte-order mark', async () => {
    const file = folder.write('bom.json', '\uFEFF{"type":"page"}\n{"type":"screen"}\n')
    expect(await read(file)).toEqual([
      { file, line: 1, call: { type: 'page' } },
      { file, line: 2, call: { type: 'screen' } }
    ])
  })

  it('rejects a line that is not UTF-8, and goes on', async () => {
    const file = folder.write('latin1.json', Buffer.from('{"type":"Zoë"}\n{"type":"page"}\n', 'latin1'))
    expect(await read(file)).toEqual([
      { file, line: 1, problem: 'is not UTF-8 text' },
      { file, line: 2, call: { type: 'page' } }
    ])
  })

  it('reads characters and lines that go over the edge of a chunk', async () => {
    const calls = Array.from({ length: 3000 }, (_, id) => ({ type: 'page', id, name: '€'.repeat(id % 97) }))
    const text = calls.map((call) => JSON.stringify(call)).join('\n')
    const file = folder.write('long.json', text)
    expect((await read(file)).map((entry) => 'call' in entry && entry.call)).toEqual(calls)
    const zipped = folder.write('long.json.gz', gzipSync(text))
    expect((await read(zipped)).map((entry) => 'call' in entry && entry.call)).toEqual(calls)
  })

  it('reads a line of 40 MB in seconds', async () => {
    const file = folder.write('40mb.json', `{"type":"page","name":"${'a'.repeat(40e6)}"}\n{"type":"screen"}`)
    expect((await read(file)).map((entry) => 'call' in entry && entry.call.type)).toEqual(['page', 'screen'])
  }, 10_000)

  it('reports a line that is too long by its number, and goes on after it', async () => {
    const long = `{"type":"page","name":"${'a'.repeat(MAX_RECORD_BYTES)}"}`
    const file = folder.write('too-long.json', `{"type":"page"}\n${long}\n{"type":"screen"}`)
    expect(await read(file)).toEqual([
      { file, line: 1, call: { type: 'page' } },
      { file, line: 2, problem: 'is longer than 64 MiB' },
      { file, line: 3, call: { type: 'screen' } }
    ])
  }, 20_000)
})

describe('readArchives of a list', () => {
  const pretty = JSON.stringify(
    [
      { type: 'page', name: '],["\\' },
      { type: 'track', items: [[1], { a: '}' }] }
    ],
    null,
    2
  )
  const calls = (file: string, firstLine: number) => [
    { file, line: firstLine, element: 1, call: { type: 'page', name: '],["\\' } },
    { file, line: firstLine + 4, element: 2, call: { type: 'track', items: [[1], { a: '}' }] } }
  ]

  it.each([
    ['a JSON array', pretty, 2],
    ['an array with a byte-order mark and blank lines around it', `\uFEFF\n${pretty}\n\n`, 3],
    ['a batch', `{"batch": ${pretty}}`, 2],
    ['a batch among other members', `{"writeKey":"k","batchId":7,\n"batch":${pretty},"sentAt":null}`, 3]
  ])('reads the elements of %s', async (_, text, line) => {
    const file = folder.write('list.json', text)
    expect(await read(file)).toEqual(calls(file, line))
    const zipped = folder.write('list.json.gz', gzipSync(text))
    expect(await read(zipped)).toEqual(calls(zipped, line))
  })

  it('reads a batch on each line, whatever its members are', async () => {
    const batches = [
      { context: { library: { name: 'x' } }, batch: [{ type: 'page' }, { type: 'screen', context: { ip: '::2' } }] },
      { batch: [{ type: 'track' }], context: { ip: '::1', campaign: { source: 'news' } } }
    ]
    const file = folder.write('batches.json', batches.map((batch) => JSON.stringify(batch)).join('\n'))
    expect(await read(file)).toEqual([
      { file, line: 1, element: 1, call: { type: 'page', context: { library: { name: 'x' } } } },
      { file, line: 1, element: 2, call: { type: 'screen', context: { library: { name: 'x' }, ip: '::2' } } },
      { file, line: 2, call: { type: 'track', context: { ip: '::1', campaign: { source: 'news' } } } }
    ])
  })

  it('gives the calls of a batch over several lines the context that comes before them', async () => {
    const file = folder.write('before.json', '{"context":{"ip":"::1"},\n"batch":[\n{"type":"page"}\n]}')
    expect(await read(file)).toEqual([{ file, line: 3, element: 1, call: { type: 'page', context: { ip: '::1' } } }])
  })

  it('says so if the context of a batch over several lines comes after its calls', async () => {
    const file = folder.write('after.json', '{"batch":[\n{"type":"page"}\n],"context":{"ip":"::1"}}')
    await expect(read(file)).rejects.toThrow(/its context follows its calls, so they were read without it/)
  })

  it('reads an empty array as no calls', async () => {
    expect(await read(folder.write('none.json', ' [ ]\n'))).toEqual([])
  })

  it('reads many elements that go over the edges of chunks', async () => {
    const many = Array.from({ length: 3000 }, (_, id) => ({ type: 'page', id, name: '"€\\'.repeat(id % 97) }))
    const entries = await read(folder.write('many.json', JSON.stringify(many)))
    expect(entries.map((entry) => 'call' in entry && entry.call)).toEqual(many)
    expect(entries.at(-1)).toMatchObject({ line: 1, element: 3000 })
  })

  it('reports an element that is no call, and goes on', async () => {
    const bytes = Buffer.from('[5, {"type": x}, {"type":"Zoë"}, {"type":"page"}]', 'latin1')
    const file = folder.write('broken.json', bytes)
    expect(await read(file)).toEqual([
      { file, line: 1, element: 1, problem: 'is not a Segment call: it has no type' },
      { file, line: 1, element: 2, problem: 'is not JSON' },
      { file, line: 1, element: 3, problem: 'is not UTF-8 text' },
      { file, line: 1, element: 4, call: { type: 'page' } }
    ])
  })

  it('reports an element that is too long, and goes on after it', async () => {
    const long = `{"type":"page","name":"${'a'.repeat(MAX_RECORD_BYTES)}"}`
    const file = folder.write('too-long.json', `[${long},{"type":"screen"}]`)
    expect(await read(file)).toEqual([
      { file, line: 1, element: 1, problem: 'is longer than 64 MiB' },
      { file, line: 1, element: 2, call: { type: 'screen' } }
    ])
  }, 20_000)

  it.each([
    ['has no end', '[{"type":"page"},{"type":"scr', /after element 1: it ends too early\.$/],
    ['ends with another bracket', '[{"type":"page"}}', /after element 1: what follows its list of calls is not JSON/],
    [
      'is followed by another',
      '[{"type":"page"}]\n[{"type":"screen"}]',
      /after element 1: what follows .* a second list/
    ],
    ['has a member after it that is broken', '{"batch":[{"type":"page"}],"sentAt"}', /after element 1: what follows/]
  ])('keeps the elements before the fault if the list %s', async (_, text, message) => {
    const file = folder.write('cut.json', text)
    const { entries, error } = await readToFailure(file)
    expect(entries).toEqual([{ file, line: 1, element: 1, call: { type: 'page' } }])
    expect(error).toBeInstanceOf(ReadError)
    expect((error as Error).message).toMatch(message)
  })
})

describe('readArchives of another format', () => {
  it.each<[string, string | Buffer, string]>([
    ['CSV', 'type,event,userId\ntrack,Paid,u-1\n', 'it looks like CSV; export the calls as JSON, one a line'],
    ['CSV in quotes', '"Event Name";"User"\n"Paid";"u"\n', 'it looks like CSV; export the calls as JSON, one a line'],
    ['UTF-16', Buffer.from('\uFEFF{"type":"page"}', 'utf16le'), 'it is UTF-16 text; save it as UTF-8'],
    ['UTF-16 without a mark', Buffer.from('{"type":"page"}', 'utf16le'), 'it is UTF-16 text; save it as UTF-8'],
    ['ZIP', Buffer.from('PK\x03\x04…'), 'it is a ZIP archive; unpack it, and name the files in it'],
    [
      'Zstandard',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4]),
      'it is compressed with Zstandard; decompress it first (zstd -d)'
    ],
    [
      'pretty-printed JSON',
      JSON.stringify({ type: 'page', properties: { url: '/' } }, null, 2),
      'it is JSON over several lines; write each call on one line (jq -c .)'
    ]
  ])('says once that it is %s, gzipped or not', async (_, content, reason) => {
    for (const file of [folder.write('other', content), folder.write('other.gz', gzipSync(content))]) {
      expect(await readToFailure(file)).toEqual({
        entries: [],
        error: new ReadError(`Cannot read ${file}: ${reason}.`)
      })
    }
  })

  it.each([
    ['a broken first line', '{\n{"type":"page"}\n'],
    ['a first line of words', 'Exported, from Segment\n{"type":"page"}\n']
  ])('takes %s for a malformed line only', async (_, text) => {
    const file = folder.write('first.json', text)
    expect(await read(file)).toEqual([
      { file, line: 1, problem: 'is not JSON' },
      { file, line: 2, call: { type: 'page' } }
    ])
  })
})

describe('readArchives of a file that is damaged', () => {
  const texts = Array.from({ length: 5000 }, (_, id) =>
    JSON.stringify({ type: 'page', messageId: `${id}`, noise: Math.sin(id) })
  )
  const whole = gzipSync(texts.join('\n'))
  const half = Math.floor(whole.length / 2)

  it('keeps every line before the end of a file that was cut off, and says where that was', async () => {
    const { entries, error } = await readToFailure(folder.write('cut.json.gz', whole.subarray(0, half)))
    expect(entries.length).toBeGreaterThan(2000)
    expect(entries.every((entry, index) => 'call' in entry && entry.call.messageId === `${index}`)).toBe(true)
    expect(error).toBeInstanceOf(ReadError)
    expect((error as Error).message).toMatch(
      new RegExp(`^Cannot read .*cut\\.json\\.gz after line ${entries.length}: it ends too early\\.$`)
    )
  })

  it('keeps the only line of a short file that was cut off', async () => {
    const zipped = gzipSync('{"type":"page"}\n')
    const { entries } = await readToFailure(folder.write('short.json.gz', zipped.subarray(0, zipped.length - 4)))
    expect(entries).toHaveLength(1)
  })

  it('keeps the lines before bytes that are damaged', async () => {
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, half, half + 100)
    const { entries, error } = await readToFailure(folder.write('damaged.json.gz', damaged))
    expect(entries.length).toBeGreaterThan(2000)
    expect((error as Error).message).toMatch(/damaged\.json\.gz after line \d+: it is damaged\.$/)
  })

  it('says that a file only looks zipped', async () => {
    const { error } = await readToFailure(folder.write('fake.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3])))
    expect(error).toBeInstanceOf(ReadError)
    expect((error as Error).message).toMatch(/^Cannot read .*fake\.gz: /)
  })
})

describe('listArchives', () => {
  it('says that a file is not there, before anything is read', async () => {
    const attempt = list(folder.write('there.json', LINES), folder.path('absent.json'))
    await expect(attempt).rejects.toThrow(ReadError)
    await expect(attempt).rejects.toThrow(/^Cannot read .*absent\.json: there is no such file\.$/)
  })

  it('gives the size of files as they are stored, and none for standard input', async () => {
    const archives = await list(folder.write('five', '12345'), '-', folder.write('two', '12'))
    expect(archives.map(({ size }) => size)).toEqual([5, undefined, 2])
  })
})

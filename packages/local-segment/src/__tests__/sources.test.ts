import { mkdirSync, symlinkSync } from 'node:fs'
import { testFolder } from '@tractionboard/testing/test-folder'
import { listArchives } from '../sources'

let folder: ReturnType<typeof testFolder>
beforeEach(() => {
  folder = testFolder()
})
afterEach(() => folder.remove())

async function list(...sources: string[]): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of listArchives(sources.map((source) => folder.path(source)))) {
    names.push(name.slice(folder.path('').length).replace(/^\//, ''))
  }
  return names
}

describe('listArchives', () => {
  it('lists the archives of a folder and of the folders in it by name, and nothing else', async () => {
    mkdirSync(folder.path('logs/2026'), { recursive: true })
    for (const name of ['b.json.gz', 'a.ndjson', 'dummy-object.txt', '.hidden.json', 'notes.md', '2026/c.log']) {
      folder.write(`logs/${name}`, '')
    }
    expect(await list('logs')).toEqual(['logs/2026/c.log', 'logs/a.ndjson', 'logs/b.json.gz'])
  })

  it('reads a file that is named, whatever its name is', async () => {
    folder.write('calls.txt', '')
    expect(await list('calls.txt')).toEqual(['calls.txt'])
  })

  it('lists what a pattern matches, by name', async () => {
    for (const name of ['2026-02.json', '2026-01.json', '2025-12.json']) folder.write(name, '')
    expect(await list('2026-*.json')).toEqual(['2026-01.json', '2026-02.json'])
  })

  it('takes a file for itself although its name is a pattern', async () => {
    for (const name of ['[a].json', 'a.json']) folder.write(name, '')
    expect(await list('[a].json')).toEqual(['[a].json'])
  })

  it('lists an archive once, by whichever names it is given', async () => {
    folder.write('a.json', '')
    symlinkSync(folder.path('a.json'), folder.path('link.json'))
    expect(await list('a.json', '*.json', '.')).toEqual(['a.json'])
  })

  it.each([
    ['no file', 'absent.json', /^Cannot read .*absent\.json: there is no such file\.$/],
    ['a pattern that matches nothing', 'absent-*.json', /^No file matches .*absent-\*\.json\.$/],
    ['a folder without archives', '.', /^Cannot read .*: it is a folder without archives, which are files whose names/]
  ])('says so in one sentence for %s', async (_what, source, message) => {
    await expect(list(source)).rejects.toThrow(message)
  })
})

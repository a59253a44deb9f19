import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import destination from '@tractionboard/destination'
import { contribute } from '../contribute'
import { REGISTRY, TARGET } from '../contribute/checkout'
import { packagesIn } from '../contribute/pull-request'
import { withRegistration } from '../contribute/registry'
import { sourceFiles } from '../contribute/source'
import type { Files } from '../contribute/source'

const REGISTRY_TEXT = `import path from 'path'

register('60f64ae3eaebd66d17d28e9f', './1plusx')
register('5f7dd6d21ad74f3842b1fc47', './amplitude')

function register(id: string, destinationPath: string) {}
`
const COMMENT = "// register('the metadata ID that Segment assigns', './tractionboard')"
const ID = '6a8461f58f98175178f49c3d'

/** The little of the destination that the tests change. */
const SOURCE = filesOf({ 'index.ts': 'one\ntwo\n', 'versioning-info.ts': 'v1\n', '__tests__/index.test.ts': 'it()\n' })

let folder: string
let checkout: string

/** A stand-in of upstream's repository, with one commit. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contribute-'))
  checkout = join(folder, 'upstream')
  write('package.json', '{ "name": "action-destinations" }')
  write(REGISTRY, REGISTRY_TEXT)
  git('init', '--quiet')
  commit()
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('what is written', () => {
  it('is the whole source of the destination, with its tests and their recordings', () => {
    contribute(destination, checkout)

    const source = sourceFiles()
    expect(filesIn(join(checkout, TARGET))).toEqual([...source.keys()].sort())
    expect([...source.keys()]).toEqual(expect.arrayContaining(['index.ts', 'metadata.json', 'payment/index.ts']))
    expect([...source.keys()].some((path) => path.startsWith('__tests__/'))).toBe(true)
    for (const [path, text] of source) expect(readFileSync(join(checkout, TARGET, path))).toEqual(text)
  })

  it('needs nothing beside the dependencies of upstream, and nothing outside its folder', () => {
    const source = sourceFiles()
    const isCode = (path: string) => path.endsWith('.ts')
    const packages = packagesIn(source, isCode).filter((name) => !builtinModules.includes(name.replace('node:', '')))
    expect(['@segment/actions-core', 'lodash', 'nock']).toEqual(expect.arrayContaining(packages))
    expect([...source].filter(([path]) => isCode(path)).flatMap(importsOutside)).toEqual([])
  })

  it('leaves out what compilers and editors leave behind', () => {
    for (const path of ['src/index.ts', 'src/dist/index.js', 'src/.DS_Store', 'src/index.ts~', 'src/a.tsbuildinfo']) {
      write(path, '', folder)
    }
    expect([...sourceFiles(join(folder, 'src')).keys()]).toEqual(['index.ts'])
  })

  it('is summed up file by file, with the lines that are added and removed', () => {
    write(`${TARGET}/index.ts`, 'one\n')
    write(`${TARGET}/old.ts`, 'old\n')
    commit()
    expect(contribute(destination, checkout, {}, SOURCE).summary).toBe(
      [
        'In packages/destination-actions/src/destinations:',
        '  M index.ts                              +1',
        '  A tractionboard/__tests__/index.test.ts +1',
        '  M tractionboard/index.ts                +1',
        '  D tractionboard/old.ts                  -1',
        '  A tractionboard/versioning-info.ts      +1',
        '5 files: 2 added, 2 updated, 1 removed.'
      ].join('\n')
    )
  })

  it('is nothing in a dry run', () => {
    const { changes, summary } = contribute(destination, checkout, { dryRun: true }, SOURCE)
    expect(changes).toHaveLength(4)
    expect(summary).toContain('4 files: 3 added, 1 updated.')
    expect(git('status', '--porcelain')).toBe('')
    expect(readdirSync(folder)).toEqual(['upstream'])
  })
})

describe('a second run', () => {
  it('changes nothing and says so', () => {
    contribute(destination, checkout, {}, SOURCE)
    const before = git('status', '--porcelain', '--untracked-files=all')

    const { changes, summary, pullRequest } = contribute(destination, checkout, {}, SOURCE)

    expect({ changes, summary, state: pullRequest.state }).toEqual({ changes: [], state: 'unchanged' })
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe(before)
    expect(read(REGISTRY).split('tractionboard')).toHaveLength(2)
  })

  it('brings a committed stale copy up to date', () => {
    contribute(destination, checkout, {}, SOURCE)
    commit()
    contribute(destination, checkout, {}, new Map([...SOURCE, ...filesOf({ 'index.ts': 'new\n' })]))
    expect(read(`${TARGET}/index.ts`)).toBe('new\n')
  })

  it('brings its own earlier output up to date, committed or not', () => {
    contribute(destination, checkout, {}, SOURCE)
    contribute(destination, checkout, {}, new Map([...SOURCE, ...filesOf({ 'index.ts': 'new\n' })]))
    expect(read(`${TARGET}/index.ts`)).toBe('new\n')
  })

  it('removes what vanished from the source, and the folders that are empty then', () => {
    contribute(destination, checkout, {}, SOURCE)
    contribute(destination, checkout, {}, filesOf({ 'index.ts': 'one\ntwo\n' }))
    expect(filesIn(join(checkout, TARGET))).toEqual(['index.ts'])
    expect(existsSync(join(checkout, TARGET, '__tests__'))).toBe(false)

    contribute(destination, checkout, {}, SOURCE)
    expect(filesIn(join(checkout, TARGET))).toEqual([...SOURCE.keys()].sort())
  })

  it('registers with the ID, once Segment has assigned it', () => {
    expect(contribute(destination, checkout, {}, SOURCE).isRegistered).toBe(false)
    expect(contribute(destination, checkout, { metadataId: ID }, SOURCE).isRegistered).toBe(true)
    expect(contribute(destination, checkout, {}, SOURCE).changes).toEqual([])
    expect(read(REGISTRY)).toContain(`\nregister('${ID}', './tractionboard')\n`)
  })
})

describe('what is refused, with nothing written', () => {
  it('a folder that is no checkout of upstream', () => {
    write('package.json', '{ "name": "something-else" }')
    commit()
    expectRefusal(/is no checkout of segmentio\/action-destinations/)
  })

  it('a checkout without the registry', () => {
    rmSync(join(checkout, REGISTRY))
    commit()
    expectRefusal(/is no checkout of segmentio\/action-destinations/)
  })

  it('a folder that is not there', () => {
    expect(() => contribute(destination, join(folder, 'nowhere'), {}, SOURCE)).toThrow(/is no checkout/)
  })

  it('a copy that is not under git', () => {
    rmSync(join(checkout, '.git'), { recursive: true })
    expectRefusal(/is not under git/)
  })

  it('a registry with changes that are in no commit', () => {
    write(REGISTRY, `// mine\n${REGISTRY_TEXT}`)
    expectRefusal(`${REGISTRY} has changes that are in no commit.`)
  })

  it("somebody's new file in the destination's folder", () => {
    write(`${TARGET}/mine.ts`, 'mine')
    expectRefusal(`${TARGET}/mine.ts has changes that are in no commit.`)
  })

  it("somebody's changes of what an earlier run wrote, staged or not", () => {
    contribute(destination, checkout, {}, SOURCE)
    commit()
    write(`${TARGET}/index.ts`, 'mine')
    git('add', '--all')
    rmSync(join(checkout, TARGET, 'versioning-info.ts'))
    expectRefusal(`${TARGET}/index.ts, ${TARGET}/versioning-info.ts have changes that are in no commit.`)
  })

  it('a description inside the checkout', () => {
    expectRefusal(/is inside the checkout/, { pullRequest: join(checkout, 'description.md') })
  })
})

it('takes no notice of changes elsewhere in the checkout', () => {
  write('README.md', 'mine')
  expect(contribute(destination, checkout, {}, SOURCE).changes).toHaveLength(4)
})

it('works in a worktree', () => {
  git('worktree', 'add', '--quiet', '../worktree')
  const worktree = join(folder, 'worktree')
  contribute(destination, worktree, {}, SOURCE)
  contribute(destination, worktree, {}, new Map([...SOURCE, ...filesOf({ 'index.ts': 'new\n' })]))
  expect(readFileSync(join(worktree, TARGET, 'index.ts'), 'utf8')).toBe('new\n')
  expect(git('status', '--porcelain')).toBe('')
})

describe('the registry', () => {
  it('gets a comment after its last line while Segment has assigned no ID', () => {
    expect(withRegistration(REGISTRY_TEXT)).toBe(REGISTRY_TEXT.replace("amplitude')", `amplitude')\n${COMMENT}`))
  })

  it('gets the ID that Segment assigned, in the place of the comment', () => {
    const registered = withRegistration(withRegistration(REGISTRY_TEXT), ID)
    expect(registered).toBe(REGISTRY_TEXT.replace("amplitude')", `amplitude')\nregister('${ID}', './tractionboard')`))
  })

  it.each([undefined, ID])('keeps the ID that is there, asked for %s', (id) => {
    const registered = withRegistration(REGISTRY_TEXT, ID)
    expect(withRegistration(registered, id)).toBe(registered)
  })

  it('keeps the line ends of Windows', () => {
    const windows = REGISTRY_TEXT.replaceAll('\n', '\r\n')
    expect(withRegistration(windows).replaceAll('\r\n', '')).not.toContain('\n')
  })

  it.each([
    ['made-up', /"made-up" is no metadata ID/],
    ['5f7dd6d21ad74f3842b1fc47', /is that of \.\/amplitude/]
  ])('refuses the ID %s', (id, message) => {
    expect(() => withRegistration(REGISTRY_TEXT, id)).toThrow(message)
  })

  it('refuses another ID than the one that is there', () => {
    const registered = withRegistration(REGISTRY_TEXT, ID)
    expect(() => withRegistration(registered, ID.replace('d', 'e'))).toThrow(/has the metadata ID .* already/)
  })

  it('refuses a registry that registers nothing', () => {
    expect(() => withRegistration('')).toThrow(/no place to register in/)
  })
})

describe('the description of the pull request', () => {
  const file = () => join(folder, 'upstream.pull-request.md')
  const describe = (options = {}, source = SOURCE) => {
    contribute(destination, checkout, options, source)
    return readFileSync(file(), 'utf8')
  }

  it('stands beside the checkout, or where one wants it', () => {
    describe()
    const pullRequest = join(folder, 'description.md')
    expect(contribute(destination, checkout, { pullRequest }, SOURCE).pullRequest.file).toBe(pullRequest)
    expect(readdirSync(folder)).toEqual(['description.md', 'upstream', 'upstream.pull-request.md'])
  })

  it('says what is contributed', () => {
    const text = describe()
    for (const { title } of Object.values(destination.actions)) expect(text).toContain(`- **${title}**: `)
    for (const { name } of destination.presets ?? []) expect(text).toContain(`| ${name}`)
    expect(text).toContain('Tractionboard publishes no API reference.')
  })

  it('asks for the metadata ID until there is one', () => {
    expect(describe()).toContain('**To do before merging:** Segment assigns the metadata ID')
    expect(describe({ metadataId: ID })).not.toContain('To do before merging')
  })

  it('ticks what is done, and nothing else', () => {
    const text = describe()
    expect(text).toMatch(/- \[x\] Added unit tests\n {2}- 1 test file in the folder/)
    expect(text).toContain('- [ ] Tested end-to-end')
    expect(text).toMatch(/- \[x\] Reviewed all field definitions\n {2}- `tokenId` is a `password`\./)
    expect(text).toMatch(/- \[x\] Extracted the API version\n/)
  })

  it('ticks no tests and no version that are not there', () => {
    const text = describe({}, filesOf({ 'index.ts': '' }))
    expect(text).toContain('- [ ] Added unit tests')
    expect(text).toContain('There are no unit tests yet.')
    expect(text).toContain('- [ ] Extracted the API version')
  })

  it('counts the recordings that the tests replay', () => {
    const recordings = filesOf({ '__tests__/recordings/a.json': '[]', '__tests__/recordings/b.json': '[]' })
    expect(describe({}, new Map([...SOURCE, ...recordings]))).toContain('replay 2 recordings of HTTP')
    expect(
      [...sourceFiles()].filter(([path, text]) => isRecording(path) && /authorization/i.test(text.toString()))
    ).toEqual([])
  })

  it("fills in upstream's template, if the checkout has one", () => {
    const template = [
      '<!-- Hello -->\n\n_What is it?_\n\n## Testing\n\n_Tell us.\nAll of it._\n',
      '- [ ] Added unit tests\n- [ ] Sang a song\n\n## Deployment\n\nAsk us.\n'
    ]
    write('.github/PULL_REQUEST_TEMPLATE.md', template.join('\n'))
    const text = describe()
    expect(text).toMatch(/^Adds the destination \*\*Tractionboard \(Actions\)\*\*/)
    expect(text).toContain("## Testing\n\nThe tests are in the destination's folder, in 1 file.")
    expect(text).toContain('- [x] Added unit tests')
    expect(text).toContain('- [ ] Sang a song\n\n## Deployment\n\nAsk us.\n')
    expect(text).not.toMatch(/Hello|Tell us|What is it/)
  })

  it('is made anew, but never over what somebody wrote into it', () => {
    const first = describe()
    expect(describe({ metadataId: ID })).not.toBe(first)
    writeFileSync(file(), 'mine')
    expect(contribute(destination, checkout, {}, SOURCE).pullRequest.state).toBe('kept')
    expect(readFileSync(file(), 'utf8')).toBe('mine')
  })
})

function expectRefusal(message: string | RegExp, options = {}): void {
  const before = git('status', '--porcelain', '--untracked-files=all')
  expect(() => contribute(destination, checkout, options, SOURCE)).toThrow(message)
  expect(git('status', '--porcelain', '--untracked-files=all')).toBe(before)
}

function filesOf(texts: Record<string, string>): Files {
  return new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))
}

function write(path: string, text: string, root = checkout): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const read = (path: string) => readFileSync(join(checkout, path), 'utf8')

/** What git prints; nothing if the folder is not under git. */
function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@acme.example']
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  try {
    return execFileSync('git', [...identity, ...args], { cwd: checkout, env, encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return ''
  }
}

function commit(): void {
  git('add', '--all')
  git('commit', '--quiet', '--no-verify', '--no-gpg-sign', '--message', 'Something')
}

const filesIn = (root: string): string[] => [...sourceFiles(root).keys()].sort()

const isRecording = (path: string) => path.includes('__tests__/') && path.endsWith('.json')

/** The relative imports of a file that lead out of the destination's folder. */
const importsOutside = ([path, text]: [string, Buffer]): string[] =>
  [...text.toString().matchAll(/from '(\.[^']*)'/g)]
    .map(([, name]) => posix.join(posix.dirname(path), name))
    .filter((imported) => imported.startsWith('..'))
    .map((imported) => `${path} imports ${imported}`)

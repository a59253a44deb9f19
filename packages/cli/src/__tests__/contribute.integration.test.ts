import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import destination from '@tractionboard/destination'
import { contribute } from '../contribute'
import { REGISTRY, TARGET } from '../contribute/checkout'
import { importedPackages } from '../contribute/pull-request'
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

/** A small stand-in for the destination's files. */
const SOURCE = filesOf({ 'index.ts': 'one\ntwo\n', 'versioning-info.ts': 'v1\n', '__tests__/index.test.ts': 'it()\n' })

let folder: string
let checkout: string

/** A stand-in for upstream's repository, with one commit. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contribute-'))
  checkout = join(folder, 'upstream')
  write('package.json', '{ "name": "action-destinations" }')
  write(REGISTRY, REGISTRY_TEXT)
  git('init', '--quiet')
  commit()
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('contribute', () => {
  it('writes the whole source of the destination, with its tests and recordings', () => {
    contribute(destination, checkout)

    const source = sourceFiles()
    expect(filesIn(join(checkout, TARGET))).toEqual([...source.keys()].sort())
    expect([...source.keys()]).toEqual(expect.arrayContaining(['index.ts', 'metadata.json', 'payment/index.ts']))
    expect([...source.keys()].some((path) => path.startsWith('__tests__/'))).toBe(true)
    for (const [path, text] of source) expect(readFileSync(join(checkout, TARGET, path))).toEqual(text)
  })

  it('writes code that needs only dependencies of upstream, and nothing outside its folder', () => {
    const source = sourceFiles()
    const isCode = (path: string) => path.endsWith('.ts')
    const packages = importedPackages(source, isCode).filter(
      (name) => !builtinModules.includes(name.replace('node:', ''))
    )
    expect(['@segment/actions-core', 'lodash', 'nock']).toEqual(expect.arrayContaining(packages))
    expect([...source].filter(([path]) => isCode(path)).flatMap(importsOutside)).toEqual([])
  })

  it('leaves out what compilers and editors leave behind', () => {
    for (const path of ['src/index.ts', 'src/dist/index.js', 'src/.DS_Store', 'src/index.ts~', 'src/a.tsbuildinfo']) {
      write(path, '', folder)
    }
    expect([...sourceFiles(join(folder, 'src')).keys()]).toEqual(['index.ts'])
  })

  it('sums up the changes by file, with the number of lines added and removed', () => {
    write(`${TARGET}/index.ts`, 'one\n')
    write(`${TARGET}/old.ts`, 'old\n')
    commit()
    expect(contribute(destination, checkout, {}, SOURCE).summary).toEqual([
      'In packages/destination-actions/src/destinations:',
      '  M  +1      index.ts',
      '  A  +1      tractionboard/__tests__/index.test.ts',
      '  M  +1      tractionboard/index.ts',
      '  D      -1  tractionboard/old.ts',
      '  A  +1      tractionboard/versioning-info.ts',
      '5 files: 2 added, 2 updated, 1 removed.'
    ])
  })

  it('writes nothing in a dry run', () => {
    const { changes, summary } = contribute(destination, checkout, { dryRun: true }, SOURCE)
    expect(changes).toHaveLength(4)
    expect(summary).toContain('4 files: 3 added, 1 updated.')
    expect(git('status', '--porcelain')).toBe('')
    expect(readdirSync(folder)).toEqual(['upstream'])
  })
})

describe('contribute, run again', () => {
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

  it('removes files that are no longer in the source, and the folders that become empty', () => {
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

describe('contribute, refusing to write', () => {
  it('rejects a folder that is not a checkout of upstream', () => {
    write('package.json', '{ "name": "something-else" }')
    commit()
    expectRejection(/is not a checkout of segmentio\/action-destinations/)
  })

  it('rejects a checkout without the registry', () => {
    rmSync(join(checkout, REGISTRY))
    commit()
    expectRejection(/is not a checkout of segmentio\/action-destinations/)
  })

  it('rejects a folder that does not exist', () => {
    expect(() => contribute(destination, join(folder, 'nowhere'), {}, SOURCE)).toThrow(/is not a checkout/)
  })

  it('rejects a copy that is not under git', () => {
    rmSync(join(checkout, '.git'), { recursive: true })
    expectRejection(/is not under git/)
  })

  it('rejects a registry with uncommitted changes', () => {
    write(REGISTRY, `// mine\n${REGISTRY_TEXT}`)
    expectRejection(`There are uncommitted changes in 1 file: ${REGISTRY}.`)
  })

  it("rejects someone else's new file in the destination's folder", () => {
    write(`${TARGET}/mine.ts`, 'mine')
    expectRejection(`There are uncommitted changes in 1 file: ${TARGET}/mine.ts.`)
  })

  it('rejects changes to files that an earlier run wrote, staged or not', () => {
    contribute(destination, checkout, {}, SOURCE)
    commit()
    write(`${TARGET}/index.ts`, 'mine')
    git('add', '--all')
    rmSync(join(checkout, TARGET, 'versioning-info.ts'))
    expectRejection(`There are uncommitted changes in 2 files: ${TARGET}/index.ts, ${TARGET}/versioning-info.ts.`)
  })

  it('rejects a description inside the checkout', () => {
    expectRejection(/is inside the checkout/, { pullRequest: join(checkout, 'description.md') })
  })
})

it('contribute ignores changes elsewhere in the checkout', () => {
  write('README.md', 'mine')
  expect(contribute(destination, checkout, {}, SOURCE).changes).toHaveLength(4)
})

it('contribute works in a git worktree', () => {
  git('worktree', 'add', '--quiet', '../worktree')
  const worktree = join(folder, 'worktree')
  contribute(destination, worktree, {}, SOURCE)
  contribute(destination, worktree, {}, new Map([...SOURCE, ...filesOf({ 'index.ts': 'new\n' })]))
  expect(readFileSync(join(worktree, TARGET, 'index.ts'), 'utf8')).toBe('new\n')
  expect(git('status', '--porcelain')).toBe('')
})

describe('withRegistration', () => {
  it('adds a comment after the last line while Segment has not assigned an ID', () => {
    expect(withRegistration(REGISTRY_TEXT)).toBe(REGISTRY_TEXT.replace("amplitude')", `amplitude')\n${COMMENT}`))
  })

  it('replaces the comment by the ID that Segment assigned', () => {
    const registered = withRegistration(withRegistration(REGISTRY_TEXT), ID)
    expect(registered).toBe(REGISTRY_TEXT.replace("amplitude')", `amplitude')\nregister('${ID}', './tractionboard')`))
  })

  it.each([undefined, ID])('keeps the present ID when given %s', (id) => {
    const registered = withRegistration(REGISTRY_TEXT, ID)
    expect(withRegistration(registered, id)).toBe(registered)
  })

  it('keeps Windows line ends', () => {
    const windows = REGISTRY_TEXT.replaceAll('\n', '\r\n')
    expect(withRegistration(windows).replaceAll('\r\n', '')).not.toContain('\n')
  })

  it.each([
    ['made-up', /"made-up" is not a metadata ID/],
    ['5f7dd6d21ad74f3842b1fc47', /belongs to \.\/amplitude/]
  ])('rejects the ID %s', (id, message) => {
    expect(() => withRegistration(REGISTRY_TEXT, id)).toThrow(message)
  })

  it('rejects an ID that differs from the present one', () => {
    const registered = withRegistration(REGISTRY_TEXT, ID)
    expect(() => withRegistration(registered, ID.replace('d', 'e'))).toThrow(/already has the metadata ID/)
  })

  it('rejects a registry that registers nothing', () => {
    expect(() => withRegistration('')).toThrow(/no place to add one/)
  })
})

describe('pullRequestDescription', () => {
  const file = () => join(folder, 'upstream.pull-request.md')
  const describe = (options = {}, source = SOURCE) => {
    contribute(destination, checkout, options, source)
    return readFileSync(file(), 'utf8')
  }

  it('is written beside the checkout, or to the file that is named', () => {
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

  it('ticks only what is done', () => {
    const text = describe()
    expect(text).toMatch(/- \[x\] Added unit tests\n {2}- 1 test file in the folder/)
    expect(text).toContain('- [ ] Tested end-to-end')
    expect(text).toMatch(/- \[x\] Reviewed all field definitions\n {2}- `tokenId` is a `password`\./)
    expect(text).toMatch(/- \[x\] Extracted the API version\n/)
  })

  it('ticks neither tests nor a version that do not exist', () => {
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

  it('is updated, but never overwrites what someone edited', () => {
    const first = describe()
    expect(describe({ metadataId: ID })).not.toBe(first)
    writeFileSync(file(), 'mine')
    expect(contribute(destination, checkout, {}, SOURCE).pullRequest.state).toBe('kept')
    expect(readFileSync(file(), 'utf8')).toBe('mine')
  })
})

function expectRejection(message: string | RegExp, options = {}): void {
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

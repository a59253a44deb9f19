import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import destination from '@tractionboard/destination'
import { contribute } from '../contribute'
import { openCheckout, REGISTRY, TARGET } from '../contribute/checkout'
import { withRegistration } from '../contribute/registry'
import { assertUpToDate, changedSinceBuild, type Files, sourceFiles } from '../contribute/source'
import { recordVerification } from '../contribute/verify/record'
import type { GateResult } from '../contribute/verify/gates'

const REGISTRY_TEXT = `import path from 'path'

register('60f64ae3eaebd66d17d28e9f', './1plusx')
register('5f7dd6d21ad74f3842b1fc47', './amplitude')

function register(id: string, destinationPath: string) {}
`
const ID = '6a8461f58f98175178f49c3d'

const TEMPLATE_FILE = '.github/PULL_REQUEST_TEMPLATE.md'

/** The headings and the boxes of upstream's. */
const TEMPLATE = `_A summary of your pull request._

## Testing

- [ ] Added [unit tests](https://upstream.example) for new functionality
- [ ] Tested end-to-end using the [local server](https://upstream.example)
- [ ] [If destination is already live] Tested for backward compatibility of destination. **Note:** New required fields are a breaking change.
- [ ] [Segmenters] Tested in the staging environment
- [ ] [Segmenters] [If applicable for this change] Tested for regression with Hadron.

## Security Review

- [ ] **Reviewed all field definitions** for sensitive data (API keys, tokens, passwords, client secrets) and confirmed they use \`type: 'password'\`

## New Destination Checklist

- [ ] Extracted all action API versions to \`verioning-info.ts\` file. [example](https://upstream.example)
`

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
  write(TEMPLATE_FILE, TEMPLATE)
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
    const packages = [...source]
      .filter(([path]) => isCode(path))
      .flatMap(importedPackages)
      .filter((name) => !builtinModules.includes(name.replace('node:', '')))
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
    expect(contribute(destination, checkout, { metadataId: ID }, SOURCE).summary).toEqual([
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
    expect(changes).toHaveLength(3)
    expect(summary).toContain('3 files: 3 added.')
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
  })

  it('leaves the registry alone without a metadata ID', () => {
    expect(contribute(destination, checkout, {}, SOURCE).isRegistered).toBe(false)
    expect(git('status', '--porcelain', '--', REGISTRY)).toBe('')
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
    contribute(destination, checkout, {}, SOURCE)
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
    expectRejection(`There are uncommitted changes in 1 file: ${REGISTRY}.`, { metadataId: ID })
  })

  it('rejects a metadata ID that is malformed', () => {
    expectRejection(/"made-up" is not a metadata ID/, { metadataId: 'made-up' })
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
  write(REGISTRY, `// mine\n${REGISTRY_TEXT}`)
  expect(contribute(destination, checkout, {}, SOURCE).changes).toHaveLength(3)
})

it('contribute works in a git worktree', () => {
  git('worktree', 'add', '--quiet', '../worktree')
  const worktree = join(folder, 'worktree')
  contribute(destination, worktree, {}, SOURCE)
  contribute(destination, worktree, {}, new Map([...SOURCE, ...filesOf({ 'index.ts': 'new\n' })]))
  expect(readFileSync(join(worktree, TARGET, 'index.ts'), 'utf8')).toBe('new\n')
  expect(git('status', '--porcelain')).toBe('')
})

describe('assertUpToDate', () => {
  it('accepts the source as it is', async () => {
    await expect(assertUpToDate(destination, sourceFiles())).resolves.toBeUndefined()
  })

  it.each(['visit/generated-types.ts', 'metadata.json', 'wire-types.ts', 'wire-constants.ts'])(
    'rejects a %s that is not what would be generated, and says what to do',
    async (path) => {
      const stale = new Map([...sourceFiles(), ...filesOf({ [path]: 'old\n' })])
      await expect(assertUpToDate(destination, stale)).rejects.toThrow(
        `In the source of the destination, ${path} is out of date. Run \`npm run generate && npm run build\``
      )
    }
  )

  it('rejects a source without a generated file', async () => {
    const source = sourceFiles()
    source.delete('generated-types.ts')
    await expect(assertUpToDate(destination, source)).rejects.toThrow('generated-types.ts is out of date')
  })
})

describe('changedSinceBuild', () => {
  const at = (path: string, seconds: number) => {
    write(path, '', folder)
    utimesSync(join(folder, path), seconds, seconds)
  }

  it('finds a file of the source that is newer than the build, but for tests', () => {
    at('dist/.tsbuildinfo', 20)
    at('src/index.ts', 10)
    at('src/__tests__/index.test.ts', 30)
    expect(changedSinceBuild(folder, ['index.ts', '__tests__/index.test.ts'])).toBeUndefined()
    at('src/visit/index.ts', 30)
    expect(changedSinceBuild(folder, ['index.ts', 'visit/index.ts'])).toBe('visit/index.ts')
  })

  it('finds nothing in a published package, which has no record of its build', () => {
    at('src/index.ts', 10)
    expect(changedSinceBuild(folder, ['index.ts'])).toBeUndefined()
  })
})

describe('withRegistration', () => {
  it('adds a line after the last one', () => {
    const line = `register('${ID}', './tractionboard')`
    expect(withRegistration(REGISTRY_TEXT, ID)).toBe(REGISTRY_TEXT.replace("amplitude')", `amplitude')\n${line}`))
  })

  it('keeps the present ID', () => {
    const registered = withRegistration(REGISTRY_TEXT, ID)
    expect(withRegistration(registered, ID)).toBe(registered)
  })

  it('keeps Windows line ends', () => {
    const windows = REGISTRY_TEXT.replaceAll('\n', '\r\n')
    expect(withRegistration(windows, ID).replaceAll('\r\n', '')).not.toContain('\n')
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
    expect(() => withRegistration('', ID)).toThrow(/no place to add one/)
  })
})

describe('pullRequestDescription', () => {
  const file = () => join(folder, 'upstream.pull-request.md')
  const verified = (statuses: readonly GateResult['status'][]) => {
    const results = ['serve', 'jest', 'eslint'].map((name, index) => ({ gate: { name }, status: statuses[index] }))
    recordVerification(openCheckout(checkout), SOURCE, results as GateResult[])
  }
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

  it('says in at most 40 lines what is contributed, and that the contract is ours', () => {
    const text = describe()
    expect(text.split('\n').length).toBeLessThanOrEqual(40)
    expect(text).toContain('<!-- Title: [Tractionboard] - new cloud-mode destination -->')
    expect(text).toContain(`${Object.keys(destination.actions).length} actions, each for single events and for batches`)
    expect(text).toContain('Tractionboard has published no HTTP API.')
  })

  it('asks for the registration until there is a metadata ID', () => {
    expect(describe()).toContain('It has no metadata ID yet')
    expect(describe({ metadataId: ID })).toContain(`It is registered with the metadata ID \`${ID}\``)
  })

  it('counts the lines of each kind', () => {
    const source = filesOf({
      'index.ts': '1\n2\n3\n',
      'metadata.json': '1\n2\n',
      'wire-types.ts': '1\n2\n',
      'visit/generated-types.ts': '1\n',
      '__tests__/index.test.ts': '1\n2\n',
      '__tests__/recordings/a.json': '1\n',
      '__tests__/__snapshots__/index.test.ts.snap': '1\n2\n3\n4\n5\n'
    })
    const text = describe({}, source)
    expect(text).toContain('Lines added: 3 of code, 2 of tests, 6 of recordings and snapshots, 5 generated.')
    expect(text).toContain('1 recording of HTTP is replayed.')
  })

  it('ticks only what is done', () => {
    const text = describe()
    expect(text).toMatch(/- \[x\] Added \[unit tests\]\(.*\) for new functionality\n {2}- 1 file in the folder/)
    expect(text).toMatch(/- \[ \] Tested end-to-end using .*\n {2}- Not yet\./)
    expect(text).toMatch(/- \[ \] \[If destination is already live\].*\n {2}- Not applicable/)
    expect(text).toMatch(/- \[ \] \[Segmenters\] Tested in the staging environment\n/)
    expect(text).toMatch(/- \[x\] Extracted all action API versions .*\n/)
  })

  it("is read by upstream's job as saying that the settings were reviewed", () => {
    // From required-secret-check.yml, which lowers the case of the description first.
    const pattern =
      /-\s*\[x\]\s*\*\*\s*Reviewed all field definitions\s*\*\*\s*for sensitive data\s*\(API keys, tokens, passwords, client secrets\)\s*and confirmed they use\s*`type:\s*'password'`/i
    expect(describe().toLowerCase()).toMatch(pattern)
  })

  it('ticks neither tests nor a version that do not exist', () => {
    const text = describe({}, filesOf({ 'index.ts': '' }))
    expect(text).toContain('- [ ] Added [unit tests]')
    expect(text).toContain('- [ ] Extracted all action API versions')
  })

  it('ticks the end-to-end test after a verification of the same source, and says how it was done', () => {
    verified(['passed', 'passed', 'not run'])
    const text = describe()
    expect(text).toMatch(/- \[x\] Tested end-to-end using/)
    expect(text).toContain(
      `On Node ${process.versions.node}, in a checkout at ${git('rev-parse', '--short', 'HEAD').trim()}`
    )
    expect(text).toContain('serve and jest passed. Not run: eslint.')
    expect(text.split('\n').length).toBeLessThanOrEqual(40)
    expect(describe({}, filesOf({ 'index.ts': 'new\n' }))).toContain('- [ ] Tested end-to-end')
  })

  it.each([
    ['a gate failed', ['passed', 'failed', 'passed']],
    ['the destination was not served', ['not run', 'passed', 'passed']]
  ] as const)('does not tick the end-to-end test when %s', (_, statuses) => {
    verified(['passed', 'passed', 'passed'])
    verified(statuses)
    expect(describe()).toContain('- [ ] Tested end-to-end')
  })

  it('has no request headers in the recordings', () => {
    const recordings = [...sourceFiles()].filter(([path]) => path.startsWith('__tests__/') && path.endsWith('.json'))
    expect(recordings.length).toBeGreaterThan(0)
    expect(recordings.filter(([, text]) => /authorization/i.test(text.toString()))).toEqual([])
  })

  it("leaves out the template's explanations, and keeps what only a person can fill in", () => {
    write(
      TEMPLATE_FILE,
      '<!-- Hello -->\n\n_What is it?_\n\n## Testing\n\n_Tell us.\nAll of it._\n\n- [ ] Sang a song\n'
    )
    expect(describe()).toMatch(/generated\.\n\n## Testing\n\n- \[ \] Sang a song\n$/)
    expect(describe()).not.toMatch(/Hello|Tell us|What is it/)
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

/** The names of the packages that a file imports. */
const importedPackages = ([, text]: [string, Buffer]): string[] =>
  [...text.toString().matchAll(/(?:^(?:import|export|\}).* from |^import |require\()'([^'.][^']*)'/gm)].map(
    ([, name]) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')
  )

/** The relative imports of a file that lead out of the destination's folder. */
const importsOutside = ([path, text]: [string, Buffer]): string[] =>
  [...text.toString().matchAll(/from '(\.[^']*)'/g)]
    .map(([, name]) => posix.join(posix.dirname(path), name))
    .filter((imported) => imported.startsWith('..'))
    .map((imported) => `${path} imports ${imported}`)

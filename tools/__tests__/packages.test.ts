import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../..')

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8')

interface Manifest {
  private?: boolean
  version: string
  license: string
  engines: { node: string }
  repository: { type: string; url: string; directory: string }
  overrides?: Record<string, string>
}

const manifestOf = (...path: string[]) => JSON.parse(read(...path, 'package.json')) as Manifest
const root = manifestOf()
const folders = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`)
const publicFolders = folders.filter((folder) => !manifestOf(folder).private)

describe('the public packages', () => {
  it('are all but those for tests and measurements', () => {
    expect(folders.filter((folder) => !publicFolders.includes(folder))).toEqual([
      'packages/quality',
      'packages/testing'
    ])
  })

  it.each(publicFolders)('%s has the license and the Node of the project, its address, and a README', (folder) => {
    expect(manifestOf(folder)).toMatchObject({
      version: (JSON.parse(read('lerna.json')) as Manifest).version,
      license: root.license,
      engines: root.engines,
      repository: { ...root.repository, directory: folder }
    })
    expect(read(folder, 'LICENSE')).toBe(read('LICENSE'))
    expect(existsSync(join(ROOT, folder, 'README.md'))).toBe(true)
  })
})

describe('the overrides of the root package.json', () => {
  it.each(Object.entries(root.overrides ?? {}))('docs/contributing.md says why %s is held at %j', (name, held) => {
    const versions =
      typeof held === 'string'
        ? held
        : Object.entries(held as Record<string, string>).map(([of, version]) => `with \`${of}\` ${version}`)
    expect(read('docs/contributing.md')).toContain(`- \`${name}\` ${String(versions)}: `)
  })
})

/** Moves the unreleased notes of CHANGELOG.md under the version in lerna.json; with `--check`, tells whether there are any. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { release, unreleasedNotes } from './changelog'

const ROOT = resolve(__dirname, '../..')
const CHANGELOG = resolve(ROOT, 'CHANGELOG.md')

function main(): void {
  const changelog = readFileSync(CHANGELOG, 'utf8')
  if (process.argv.includes('--check')) return console.log(unreleasedNotes(changelog))
  const { version } = JSON.parse(readFileSync(resolve(ROOT, 'lerna.json'), 'utf8')) as { version: string }
  writeFileSync(CHANGELOG, release(changelog, version, new Date().toISOString().slice(0, 10)))
}

try {
  main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

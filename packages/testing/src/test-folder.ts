import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the files of one test. */
export interface TestFolder {
  /** Writes a file and gives its path. */
  write(name: string, content: string | Buffer): string
  path(name: string): string
  remove(): void
}

/** Makes a new temporary folder. Remove it at the end of the test. */
export function testFolder(): TestFolder {
  const folder = mkdtempSync(join(tmpdir(), 'tractionboard-'))
  const path = (name: string) => join(folder, name)
  return {
    path,
    write(name, content) {
      writeFileSync(path(name), content)
      return path(name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}

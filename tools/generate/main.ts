/**
 * Writes every file that follows from the contract or from the definition, or, with `--check`, tells which of them no
 * longer do.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { targets } from './generated-files'

const ROOT = resolve(__dirname, '../..')

async function main(): Promise<void> {
  const check = process.argv.includes('--check')
  const stale: string[] = []
  const files = await targets()
  for (const { file, content } of files) {
    const path = resolve(ROOT, file)
    if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
    stale.push(file)
    if (!check) writeFileSync(path, content)
  }
  if (stale.length === 0) return console.log(`${files.length} generated files are up to date.`)
  console.log(stale.map((file) => `${check ? 'out of date' : 'written'}: ${file}`).join('\n'))
  if (check) {
    console.error('Run `npm run generate` and commit what it writes.')
    process.exitCode = 1
  }
}

void main()

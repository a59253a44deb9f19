/** Writes the sample archive that the command-line tool includes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sampleArchive } from './archive'

const FOLDER = resolve(__dirname, '../../packages/cli/sample')

mkdirSync(FOLDER, { recursive: true })
for (const { name, text } of sampleArchive()) writeFileSync(resolve(FOLDER, name), gzipSync(text, { level: 9 }))

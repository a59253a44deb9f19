import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

/** The sample: half a year of calls, with duplicates, resends, conflicts, malformed lines and calls of no mapping. */
const SAMPLE = resolve(__dirname, '../../../cli/sample')

/**
 * Writes an archive that has the sample several times, each time with other message ids.
 *
 * @param folder an empty folder, which gets the archive.
 * @param copies how many times; the sample has some 5,500 calls.
 * @returns the files, in the order of their names.
 */
export function writeArchive(folder: string, copies: number): string[] {
  const texts = readdirSync(SAMPLE)
    .sort()
    .map((file) => [file, gunzipSync(readFileSync(join(SAMPLE, file))).toString()])
  return Array.from({ length: copies }, (_, copy) =>
    texts.map(([name, text]) => {
      const file = join(folder, `${String(copy).padStart(3, '0')}-${name}`)
      writeFileSync(file, gzipSync(text.replaceAll('"messageId":"', `"messageId":"${copy}-`)))
      return file
    })
  ).flat()
}

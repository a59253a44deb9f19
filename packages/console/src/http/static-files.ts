import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** A file of the page. */
export interface StaticFile {
  type: string
  bytes: Buffer
  /** The same compressed with brotli, if that was built. */
  brotli?: Buffer
  /** Whether its name has a hash of its content, so that it never changes. */
  isHashed: boolean
}

const TYPES: Partial<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml'
}

/**
 * Reads the built page into memory: so no path of a request is ever a path of the disk.
 *
 * @param folder the build of the page.
 * @returns the files by their paths, such as `/assets/index-1a2b3c.js`.
 * @throws an error that says what to do if the page was not built.
 */
export function readStaticFiles(folder: string): Map<string, StaticFile> {
  if (!existsSync(join(folder, 'index.html'))) throw new Error('The page is not built. Run `npm run build` first.')
  const files = new Map<string, StaticFile>()
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(path)]
    if (!type) continue
    const file = join(folder, path)
    const brotli = existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : undefined
    const url = `/${path.replaceAll('\\', '/')}`
    files.set(url, { type, bytes: readFileSync(file), brotli, isHashed: url.startsWith('/assets/') })
  }
  return files
}

import { createReadStream } from 'node:fs'
import { access, constants, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { addAbortSignal } from 'node:stream'
import glob from 'fast-glob'
import { type Archive, STDIN } from '../archive'
import { errorMessage, ReadError } from '../errors'
import { DUMMY_OBJECT, isArchiveName } from './names'

/** Standard input. */
export const standardInput: Archive = {
  name: STDIN,
  open: (signal) => (signal ? addAbortSignal(signal, process.stdin) : process.stdin)
}

/**
 * Lists the archives that a path or a pattern names.
 *
 * @param source a file, a folder, or a pattern such as `logs/*.gz`. A file whose name is the same as the pattern comes
 *   first.
 * @returns the file; or, in the order of their names, the archives in the folder and in the folders in it; or what the
 *   pattern matches, each a file or a folder.
 * @throws ReadError if there is nothing, or if something may not be read.
 */
export async function* listFiles(source: string): AsyncGenerator<Archive> {
  try {
    yield* listPath(source)
  } catch (error) {
    if (!isMissing(error) || !glob.isDynamicPattern(source)) throw readError(source, error)
    yield* listMatches(source)
  }
}

async function* listMatches(pattern: string): AsyncGenerator<Archive> {
  const paths = await glob(pattern, { onlyFiles: false, ignore: [`**/${DUMMY_OBJECT}`] }).catch((error: unknown) => {
    throw readError(pattern, error)
  })
  if (paths.length === 0) throw new ReadError(`No file matches ${pattern}.`)
  for (const path of paths.sort()) {
    try {
      yield* listPath(path)
    } catch (error) {
      throw readError(path, error)
    }
  }
}

async function* listPath(path: string): AsyncGenerator<Archive> {
  const stats = await stat(path)
  if (!stats.isDirectory()) {
    await access(path, constants.R_OK)
    const stored = stats.isFile() ? { size: stats.size, version: stats.mtime.toISOString() } : {}
    yield { name: path, ...stored, open: (signal) => createReadStream(path, { signal }) }
    return
  }
  const files = (await readdir(path, { recursive: true })).filter(isArchiveName).sort()
  if (files.length === 0) {
    throw new Error(
      'it is a folder without archives, which are files whose names end in .gz, .json, .jsonl, .ndjson or .log'
    )
  }
  for (const file of files) yield* listPath(join(path, file))
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

const readError = (name: string, error: unknown) =>
  error instanceof ReadError ? error : new ReadError(`Cannot read ${name}: ${errorMessage(error)}.`)

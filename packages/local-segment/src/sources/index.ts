import { realpath } from 'node:fs/promises'
import { type Archive, type Entry, readArchive, STDIN } from '../archive'
import { listFiles, standardInput } from './files'
import { S3_SCHEME, type S3Options, s3Lister } from './s3'

export type { S3Options } from './s3'

/**
 * Lists what sources name.
 *
 * @param sources files, folders, patterns such as `logs/*.gz`, `s3://bucket/prefix`, or `-` for standard input.
 * @returns the archives of one source after the other, those of one in the order of their names. An archive that two
 *   sources name comes once. S3 is listed page by page.
 * @throws ReadError if a source names nothing, or may not be read.
 */
export async function* listArchives(sources: string[], { s3 }: { s3?: S3Options } = {}): AsyncGenerator<Archive> {
  const listObjects = s3Lister(s3)
  const listed = new Set<string>()
  for (const source of sources) {
    for await (const archive of list(source, listObjects)) {
      const identity = await identityOf(archive)
      if (!listed.has(identity)) yield archive
      listed.add(identity)
    }
  }
}

async function* list(source: string, listObjects: ReturnType<typeof s3Lister>): AsyncGenerator<Archive> {
  if (source === STDIN) yield standardInput
  else if (source.startsWith(S3_SCHEME)) yield* listObjects(source)
  else yield* listFiles(source)
}

/** A file has one identity, whichever links lead to it. */
const identityOf = ({ name, version }: Archive): Promise<string> | string =>
  version === undefined || name.startsWith(S3_SCHEME) ? name : realpath(name)

/**
 * Reads all archives that sources name, one call after the other. For many calls, read the chunks of `readArchive`.
 *
 * @throws ReadError as `listArchives` and `readArchive` do.
 */
export async function* readArchives(sources: string[]): AsyncGenerator<Entry> {
  for await (const archive of listArchives(sources)) {
    for await (const entries of readArchive(archive)) yield* entries
  }
}

/** What Segment writes into a bucket to see whether it may. */
export const DUMMY_OBJECT = 'dummy-object.txt'

/** How the names of archives end. Others, such as marks of a finished job, are passed over in folders. */
const ENDINGS = ['.gz', '.json', '.jsonl', '.ndjson', '.log']

/** The endings as a sentence names them. */
export const ARCHIVE_ENDINGS = new Intl.ListFormat('en-US', { type: 'disjunction' }).format(ENDINGS)

/**
 * Whether a file in a folder, or an object under a prefix, is read as an archive. Names that begin with a dot are those
 * of hidden files, such as the `._` files of macOS.
 *
 * @param path with `/` or, on Windows, `\\` between its parts.
 */
export function isArchiveName(path: string): boolean {
  const lowered = path.toLowerCase()
  return ENDINGS.some((ending) => lowered.endsWith(ending)) && !/(^|[/\\])\./.test(path)
}

import { CliError } from '../errors'

/** The name of the destination's folder in upstream's repository. */
export const FOLDER = 'tractionboard'

/** A line that registers a destination in a folder. */
const LINE = /^register\((['"])(.*)\1, *(['"])\.\/([^'"]+)\3\)/

/** Segment's metadata IDs are MongoDB object IDs. */
const METADATA_ID = /^[0-9a-f]{24}$/

interface Line {
  index: number
  id: string
  folder: string
}

/** The metadata ID that a registry has for the destination, if it has one. */
export const registeredId = (text: string): string | undefined =>
  parseLines(text).find(({ folder }) => folder === FOLDER)?.id

/**
 * Registers the destination. A registry that already has the ID stays as it is.
 *
 * @param text the registry, `src/destinations/index.ts`.
 * @param id the metadata ID that Segment assigned.
 * @returns the registry with one line for the destination, otherwise unchanged.
 * @throws CliError if the ID is malformed, belongs to another destination, or differs from the one in the registry, or if
 *   the registry registers nothing.
 */
export function withRegistration(text: string, id: string): string {
  if (!METADATA_ID.test(id)) {
    throw new CliError(`"${id}" is not a metadata ID. An ID of Segment's has 24 characters, 0 to 9 and a to f.`)
  }
  const lines = parseLines(text)
  const last = lines[lines.length - 1]
  if (!last) throw new CliError('The registry has no line with register(…), so there is no place to add one.')
  const conflicting = lines.find((line) => line.id === id && line.folder !== FOLDER)
  if (conflicting) {
    throw new CliError(`The metadata ID ${id} belongs to ./${conflicting.folder}. Each destination has its own.`)
  }
  const present = registeredId(text)
  if (present === undefined) return insertLine(text, last.index + 1, `register('${id}', './${FOLDER}')`)
  if (present === id) return text
  throw new CliError(
    `The registry already has the metadata ID ${present}. An ID never changes: leave out --metadata-id.`
  )
}

function parseLines(text: string): Line[] {
  return text.split('\n').flatMap((line, index) => {
    const [, , id, , folder] = LINE.exec(line) ?? []
    return folder === undefined ? [] : [{ index, id, folder }]
  })
}

function insertLine(text: string, index: number, line: string): string {
  const end = text.includes('\r\n') ? '\r' : ''
  const lines = text.split('\n')
  lines.splice(index, 0, line + end)
  return lines.join('\n')
}

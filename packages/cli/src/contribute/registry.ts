import { CliError } from '../errors'

/** The name of the destination's folder in upstream's repository. */
export const FOLDER = 'tractionboard'

/** A line that registers the destination in a folder, or, as a comment, says how to. */
const LINE = /^(\/\/ )?register\((['"])(.*)\2, *(['"])\.\/([^'"]+)\4\)/

/** Segment's metadata IDs are MongoDB object IDs. */
const METADATA_ID = /^[0-9a-f]{24}$/

/** The placeholder for an ID that Segment has not assigned yet. */
const NO_ID = 'the metadata ID that Segment assigns'

interface Line {
  index: number
  isComment: boolean
  id: string
  folder: string
}

/** The metadata ID that a registry has for the destination, if it has one. */
export const registeredId = (text: string): string | undefined =>
  parseLines(text).find(({ folder, isComment }) => folder === FOLDER && !isComment)?.id

/**
 * Registers the destination.
 *
 * Segment assigns the metadata ID when it creates the destination, and wants no made-up ID in the registry. So without an
 * ID the line is a comment that says where the ID goes. An ID that is already there is kept.
 *
 * @param text the registry, `src/destinations/index.ts`.
 * @param id the metadata ID, if Segment has assigned it.
 * @returns the registry with one line for the destination, otherwise unchanged.
 * @throws CliError if the ID is malformed, belongs to another destination, or differs from the one in the registry, or if
 *   the registry registers nothing.
 */
export function withRegistration(text: string, id?: string): string {
  if (id !== undefined && !METADATA_ID.test(id)) {
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
  if (present !== undefined && id !== undefined && present !== id) {
    throw new CliError(
      `The registry already has the metadata ID ${present}. An ID never changes: leave out --metadata-id.`
    )
  }
  const own = lines.find(({ folder }) => folder === FOLDER)
  const line = formatLine(present ?? id)
  return own ? replaceLine(text, own.index, 1, line) : replaceLine(text, last.index + 1, 0, line)
}

const formatLine = (id: string | undefined) =>
  id === undefined ? `// register('${NO_ID}', './${FOLDER}')` : `register('${id}', './${FOLDER}')`

function parseLines(text: string): Line[] {
  return text.split('\n').flatMap((line, index) => {
    const [, comment, , id, , folder] = LINE.exec(line) ?? []
    return folder === undefined ? [] : [{ index, isComment: comment !== undefined, id, folder }]
  })
}

/** Puts a line in the place of `count` lines; with 0, before the line at `index`. */
function replaceLine(text: string, index: number, count: 0 | 1, line: string): string {
  const end = text.includes('\r\n') ? '\r' : ''
  const lines = text.split('\n')
  lines.splice(index, count, line + end)
  return lines.join('\n')
}

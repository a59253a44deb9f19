import { CliError } from '../errors'

/** The name of the destination's folder in upstream's repository. */
export const FOLDER = 'tractionboard'

/** A line of the registry that registers a folder, or, as a comment, says that it is to be registered. */
const LINE = /^(\/\/ )?register\((['"])(.*)\2, *(['"])\.\/([^'"]+)\4\)/

/** Segment's metadata IDs are MongoDB's object IDs. */
const METADATA_ID = /^[0-9a-f]{24}$/

/** What stands in the place of an ID that Segment has not assigned yet. The line is a comment until it has. */
const NO_ID = 'the metadata ID that Segment assigns'

interface Line {
  index: number
  isComment: boolean
  id: string
  folder: string
}

/** The metadata ID that a registry has for the destination, if it has one. */
export const registeredId = (text: string): string | undefined =>
  linesOf(text).find(({ folder, isComment }) => folder === FOLDER && !isComment)?.id

/**
 * Registers the destination.
 *
 * Segment assigns the metadata ID when it creates the destination, and wants no made-up one in the registry. So without
 * an ID the line is a comment, which says where the ID goes; an ID that is there already is kept.
 *
 * @param text the registry, `src/destinations/index.ts`.
 * @param id the metadata ID, if Segment has assigned it.
 * @returns the registry with one line for the destination, and no other change.
 * @throws CliError if the ID is none, is another's, or is not the one in the registry, or if there is no registry in the text.
 */
export function withRegistration(text: string, id?: string): string {
  if (id !== undefined && !METADATA_ID.test(id)) {
    throw new CliError(`"${id}" is no metadata ID. Segment assigns one of 24 digits and letters from a to f.`)
  }
  const lines = linesOf(text)
  const last = lines[lines.length - 1]
  if (!last) throw new CliError('The registry has no line with register(…), so there is no place to register in.')
  const namesake = lines.find((line) => line.id === id && line.folder !== FOLDER)
  if (namesake)
    throw new CliError(`The metadata ID ${id} is that of ./${namesake.folder}. Each destination has its own.`)

  const own = lines.find(({ folder }) => folder === FOLDER)
  const present = registeredId(text)
  if (present !== undefined && id !== undefined && present !== id) {
    throw new CliError(
      `The registry has the metadata ID ${present} already. An ID never changes: leave --metadata-id away.`
    )
  }
  const line = lineWith(present ?? id)
  return own ? spliced(text, own.index, 1, line) : spliced(text, last.index + 1, 0, line)
}

const lineWith = (id: string | undefined) =>
  id === undefined ? `// register('${NO_ID}', './${FOLDER}')` : `register('${id}', './${FOLDER}')`

function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line, index) => {
    const [, comment, , id, , folder] = LINE.exec(line) ?? []
    return folder === undefined ? [] : [{ index, isComment: comment !== undefined, id, folder }]
  })
}

function spliced(text: string, index: number, count: number, line: string): string {
  const end = text.includes('\r\n') ? '\r' : ''
  const lines = text.split('\n')
  lines.splice(index, count, line + end)
  return lines.join('\n')
}

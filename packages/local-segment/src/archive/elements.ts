import { parseJson } from './json'
import { Pieces } from './pieces'
import type { RawRecord } from './record'

const code = (character: string) => character.charCodeAt(0)
const [NEWLINE, SPACE, QUOTE, BACKSLASH, COMMA] = ['\n', ' ', '"', '\\', ','].map(code)
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = ['[', ']', '{', '}'].map(code)

/**
 * Splits the bytes of one JSON list into its elements. They are not parsed here: this keeps memory bounded by one
 * element, and an element that is broken spoils no other as long as its quotes and brackets are closed.
 *
 * @param chunks the whole file, decompressed.
 * @param listAfter the bytes before the first element. They are within the first chunk.
 * @returns the elements of each chunk.
 * @throws Error if the list does not end, or if what stands around it is not JSON.
 */
export async function* splitElements(chunks: AsyncIterable<Buffer>, listAfter: Buffer): AsyncGenerator<RawRecord[]> {
  const pieces = new Pieces()
  let skip = listAfter.length
  let line = 1 + listAfter.filter((byte) => byte === NEWLINE).length
  let element = 0
  /** Where the element that is being read begins; undefined between elements. */
  let firstLine: number | undefined
  /** How many lists and objects are open within the element. */
  let depth = 0
  let inString = false
  let isEscaped = false
  let isInList = true
  const context = contextOf(parseJson(`${listAfter.toString()}]}`))

  for await (const chunk of chunks) {
    const elements: RawRecord[] = []
    let start = skip
    for (let index = skip; index < chunk.length && isInList; index += 1) {
      const byte = chunk[index]
      if (byte === NEWLINE) line += 1
      if (inString) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) inString = false
        continue
      }
      const isClosing = byte === CLOSE_LIST || byte === CLOSE_OBJECT
      if (depth === 0 && (byte === COMMA || isClosing)) {
        pieces.add(chunk.subarray(start, index))
        const bytes = pieces.take()
        // Before or after a comma, an element is missing; in an empty list, none is.
        if (firstLine !== undefined || byte === COMMA || element > 0) {
          elements.push({ line: firstLine ?? line, element: (element += 1), context, bytes })
        }
        firstLine = undefined
        isInList = !isClosing
        // The closing bracket is kept: with what stands around the list, it must be JSON.
        start = isClosing ? index : index + 1
      } else {
        if (byte > SPACE) firstLine ??= line
        if (byte === QUOTE) inString = true
        else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth += 1
        else if (isClosing) depth -= 1
      }
    }
    pieces.add(chunk.subarray(start))
    skip = 0
    yield elements
  }

  if (isInList) throw new Error('it ends too early')
  const rest = pieces.take()
  const around = rest && parseJson(`${listAfter.toString()}${rest.toString()}`)
  if (around === undefined) throw new Error('what follows its list of calls is not JSON, or a second list')
  if (context === undefined && contextOf(around) !== undefined) {
    throw new Error('its context follows its calls, so they were read without it; put it before them')
  }
}

/** The context that a batch has for all of its calls. */
const contextOf = (batch: unknown): unknown => (Object(batch) as { context?: unknown }).context

import { Pieces } from './pieces'
import type { RawRecord } from './record'

const NEWLINE = 0x0a

/**
 * Splits bytes into lines.
 *
 * @returns the lines of each chunk, without the newline, so that a reader waits once for many.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRecord[]> {
  const pieces = new Pieces()
  let line = 1
  for await (const chunk of chunks) {
    const lines: RawRecord[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      pieces.add(chunk.subarray(start, end))
      lines.push({ line, bytes: pieces.take() })
      line += 1
      start = end + 1
    }
    if (start < chunk.length) pieces.add(chunk.subarray(start))
    yield lines
  }
  if (!pieces.isEmpty) yield [{ line, bytes: pieces.take() }]
}

/**
 * Looks at the first bytes of a stream without taking them.
 *
 * @param bytes how many to look at.
 * @returns at least so many bytes, or all if there are fewer, and the whole stream. If the stream fails before that, the
 *   stream that is returned fails in the same place.
 */
export async function peek(
  chunks: AsyncGenerator<Buffer>,
  bytes: number
): Promise<{ head: Buffer; whole: AsyncGenerator<Buffer> }> {
  let head = Buffer.alloc(0)
  let rest = chunks
  try {
    while (head.length < bytes) {
      const next = await chunks.next()
      if (next.done) break
      head = Buffer.concat([head, next.value])
    }
  } catch (error) {
    rest = failing(error as Error)
  }
  return { head, whole: startingWith(head, rest) }
}

async function* startingWith(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  yield* rest
}

// eslint-disable-next-line @typescript-eslint/require-await -- it only throws
async function* failing(error: Error): AsyncGenerator<Buffer> {
  throw error
}

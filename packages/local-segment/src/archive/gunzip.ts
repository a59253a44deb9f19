import { createGunzip } from 'node:zlib'

/** How much is decompressed at once. Gzip can turn a byte into a thousand. */
const STEP_BYTES = 16 * 1024

/**
 * Decompresses gzip. A stream of Node.js that fails throws away what it has ready, so the data goes in step by step, and
 * what comes out is taken after each step.
 *
 * @throws the error of zlib where the data is damaged, after everything that comes before.
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = []
  let failure: Error | undefined
  let settle = () => {}
  const stream = createGunzip({ chunkSize: 64 * 1024 })
    .on('data', (data: Buffer) => ready.push(data))
    .on('error', (error) => {
      failure = error
      settle()
    })
    // Not only after the last step: a file may be padded with zeros, and zlib stops at the first.
    .on('end', () => settle())

  async function* step(start: () => void): AsyncGenerator<Buffer> {
    await new Promise<void>((resolve) => {
      settle = resolve
      start()
    })
    yield* ready
    ready = []
    if (failure) throw failure
  }

  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length && !stream.readableEnded; start += STEP_BYTES) {
      yield* step(() => stream.write(chunk.subarray(start, start + STEP_BYTES), () => settle()))
    }
  }
  if (!stream.readableEnded) yield* step(() => stream.end())
}

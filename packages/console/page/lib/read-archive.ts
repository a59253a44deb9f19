/** How many calls of an archive are offered. */
const MAX_CALLS = 1000

/**
 * Reads calls of an archive in the browser: newline-delimited JSON, a JSON array, a batch or one call, gzipped or not.
 *
 * @returns at most `MAX_CALLS` calls.
 * @throws an error for people if there is none.
 */
export async function readArchive(file: File): Promise<object[]> {
  const bytes = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const stream = isGzip ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const text = await new Response(stream).text().catch(() => {
    throw new Error(`${file.name} is damaged, or ends too early.`)
  })
  const found = callsIn(parse(text)) ?? text.split('\n').flatMap((line) => callsIn(parse(line)) ?? [])
  if (found.length === 0) throw new Error(`${file.name} has no calls: it should have a JSON object on each line.`)
  return found.slice(0, MAX_CALLS)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function callsIn(json: unknown): object[] | undefined {
  if (Array.isArray(json))
    return json.filter((each: unknown): each is object => typeof each === 'object' && each !== null)
  if (typeof json !== 'object' || json === null) return undefined
  return 'batch' in json && Array.isArray(json.batch) ? callsIn(json.batch) : [json]
}

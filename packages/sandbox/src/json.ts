/** How deep arrays and objects may lie in each other. The contract sets no limit; a stack does, so one is set here. */
export const MAX_DEPTH = 200

/**
 * Writes a value as JSON with the members of every object in one fixed order, so that equal values give equal text.
 * The text is as long as any other JSON of the value without blanks.
 *
 * @param value a value that came out of `JSON.parse`.
 * @returns the text, or undefined if the value lies deeper than `MAX_DEPTH`.
 */
export function canonicalJson(value: unknown): string | undefined {
  return isDeeperThan(value, MAX_DEPTH) ? undefined : write(value)
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(',')}}`
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1))
}

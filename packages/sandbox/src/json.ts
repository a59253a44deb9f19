import stringify from 'safe-stable-stringify'

/**
 * How deep arrays and objects may be nested. The contract sets no limit, but recursion over the value needs one: the call
 * stack is finite.
 */
export const MAX_DEPTH = 200

/** Whether a value that `JSON.parse` gave is nested deeper than `MAX_DEPTH`. */
export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(value, MAX_DEPTH)
}

/**
 * Writes a value as JSON with the members of every object sorted, so that equal values give equal text.
 *
 * @param value a value that `JSON.parse` gave.
 * @returns the text, or undefined if the value is nested deeper than `MAX_DEPTH`.
 */
export function canonicalJson(value: unknown): string | undefined {
  return isTooDeep(value) ? undefined : stringify(value)
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1))
}

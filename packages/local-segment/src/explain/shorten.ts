/** The most characters of a value that an explanation shows. */
const MAX_LENGTH = 60

/** A value as JSON on one line, cut if it is long. */
export function shorten(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined'
  const characters = Array.from(json.slice(0, 2 * MAX_LENGTH))
  return json.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join('')}…` : json
}

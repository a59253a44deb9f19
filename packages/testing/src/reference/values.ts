/** A JSON object. */
export type Fields = Record<string, unknown>

/** The value if it is a JSON object, or undefined. */
export const asObject = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

/**
 * The members of a value, none if it is not an object.
 *
 * An object with the keys 0, 1, 2 … counts as none: it is what the mapping makes of a list or a text.
 */
export function membersOf(value: unknown): Fields {
  const object = asObject(value) ?? {}
  return Object.keys(object).every((key, index) => key === String(index)) ? {} : object
}

/** The value at a path such as `context.page.url`, or undefined. */
export const valueAt = (call: Fields, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => asObject(value)?.[key], call)

/** The value as text if it is a text that is not blank, a number or a boolean, else undefined. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** What broken code writes in the place of an id that it does not have. */
const PLACEHOLDER = /^(null|undefined|none|nan|true|false|\[object object\]|00000000-0000-0000-0000-000000000000)$/i

/** Whether a text stands in the place of an id. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text.trim())

/** The id of a person: trimmed text that is not a placeholder, else undefined. */
export function personId(value: unknown): string | undefined {
  const id = textOf(value)?.trim()
  return id === undefined || isPlaceholder(id) ? undefined : id
}

/** Orders strings by code units, the same on every machine. */
export const compareStrings = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** JSON text that is the same whatever the order of the keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    const object = asObject(inner)
    return object
      ? Object.fromEntries(Object.entries(object).sort(([one], [other]) => compareStrings(one, other)))
      : inner
  })

/** Whether lists and objects lie in each other more than so many levels deep. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value]
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((inner) =>
      typeof inner === 'object' && inner !== null ? (Object.values(inner) as unknown[]) : []
    )
    if (level.length === 0) return false
  }
  return true
}

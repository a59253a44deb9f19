import { sortBy } from 'lodash'

/**
 * Makes an object of entries, sorted by name. A name such as `__proto__` is a member like any other.
 *
 * @example sortedRecord([['b', 1], ['a', 2]]) // { a: 2, b: 1 }
 */
export function sortedRecord<V>(entries: Iterable<[string, V]>): Record<string, V> {
  return Object.fromEntries(sortBy([...entries], ([name]) => name))
}

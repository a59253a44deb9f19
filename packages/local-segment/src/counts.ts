/** What is counted of calls, in the order of reports and of the ledger's columns. */
export const COUNT_NAMES = [
  'read',
  'accepted',
  'duplicates',
  'rejected',
  'notSubscribed',
  'filteredOut',
  'furtherMappings',
  'malformed'
] as const

/**
 * What became of calls. `read` is the calls, without the malformed lines. It always holds that
 * `read + furtherMappings = accepted + duplicates + rejected + notSubscribed + filteredOut`, because a call that two
 * mappings match has two outcomes.
 */
export type Counts = Record<(typeof COUNT_NAMES)[number], number>

export const noCounts = (): Counts => ({
  read: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  notSubscribed: 0,
  filteredOut: 0,
  furtherMappings: 0,
  malformed: 0
})

/** Adds counts to others. */
export function addCounts(sum: Counts, more: Counts): Counts {
  for (const name of COUNT_NAMES) sum[name] += more[name]
  return sum
}

import type { Counts } from '@tractionboard/local-segment'

/** How counts are called in reports. */
export const COUNT_LABELS: Record<keyof Counts, string> = {
  accepted: 'accepted',
  duplicates: 'duplicates',
  rejected: 'rejected',
  notSubscribed: 'not subscribed',
  filteredOut: 'filtered out',
  read: 'read',
  furtherMappings: 'for further mappings',
  malformed: 'malformed lines'
}

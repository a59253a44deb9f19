import { basename } from 'node:path'
import { COUNT_NAMES, type ArchiveProgress, type LedgerStatus } from '@tractionboard/local-segment'
import { formatNumber } from '../text'
import { COUNT_LABELS } from './count-labels'
import { countsTable, section, textTable } from './layout'

/** How many archives of a ledger are listed. Those that are not delivered to their end come first. */
const MAX_ARCHIVES = 24

/** What a ledger knows: lines for a terminal. */
export function describeLedger({ file, address, run, filters, archives, deadLetters }: LedgerStatus): string[] {
  const complete = archives.filter(({ isComplete }) => isComplete).length
  const sums = COUNT_NAMES.map((name): [string, number] => [
    COUNT_LABELS[name],
    archives.reduce((sum, archive) => sum + archive[name], 0)
  ])
  return [
    '',
    `Ledger ${file}`,
    `  of ${address}${run === undefined ? '' : `, run ${run} of a sandbox`}${filters ? `, with ${filters}` : ''}`,
    ...deadLetters.filter(({ bytes }) => bytes > 0).map((each) => `  Dead letters: ${each.file}`),
    ...section(
      `Archives: ${formatNumber(complete)} of ${formatNumber(archives.length)} delivered`,
      listArchives(archives)
    ),
    ...section('Calls of all archives', countsTable(sums))
  ]
}

function listArchives(archives: ArchiveProgress[]): string[] {
  const rest = archives.length - MAX_ARCHIVES
  const rows = [...archives]
    .sort((a, b) => Number(a.isComplete) - Number(b.isComplete))
    .slice(0, MAX_ARCHIVES)
    .map((each) => [
      basename(each.name),
      stateOf(each),
      formatNumber(each.accepted),
      formatNumber(each.duplicates),
      formatNumber(each.rejected),
      formatNumber(each.read)
    ])
  const headings = ['archive', 'state', 'accepted', 'duplicates', 'rejected', 'read']
  const table = textTable([headings, ...rows], ['left', 'left', 'right', 'right', 'right', 'right'])
  return rest > 0 ? [...table, `and ${formatNumber(rest)} more`] : table
}

function stateOf({ isComplete, sentUpTo }: ArchiveProgress): string {
  if (isComplete) return 'delivered'
  return sentUpTo > 0 ? 'in part' : 'not begun'
}

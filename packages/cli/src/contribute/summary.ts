import { join } from 'node:path'
import { textTable } from '../report/layout'
import { pluralize } from '../text'
import { DESTINATIONS } from './checkout'
import { countChangedLines } from './git'
import type { Change } from './plan'

/** The letter of each kind of change, as in `git status`. */
const LETTERS = { added: 'A', updated: 'M', removed: 'D' } as const

type Kind = keyof typeof LETTERS

/**
 * Sums up changes as git does: one line per file with the number of lines added and removed, and the totals.
 *
 * @param root the checkout, not yet changed.
 * @returns its lines.
 */
export function summarize(root: string, changes: Change[]): string[] {
  const rows = changes.map((change) => ({ kind: kindOf(change), path: shortPath(change), ...countLines(root, change) }))
  const lines = textTable(
    rows.map(({ kind, path, added, removed }) => [
      LETTERS[kind],
      added ? `+${added}` : '',
      removed ? `-${removed}` : '',
      path
    ]),
    ['left', 'right', 'right', 'left']
  ).map((line) => `  ${line}`)
  const totals = (Object.keys(LETTERS) as Kind[]).flatMap((kind) => {
    const count = rows.filter((row) => row.kind === kind).length
    return count > 0 ? [`${count} ${kind}`] : []
  })
  return [`In ${DESTINATIONS}:`, ...lines, `${pluralize(rows.length, 'file')}: ${totals.join(', ')}.`]
}

const shortPath = ({ path }: Change) => path.slice(DESTINATIONS.length + 1)

function kindOf({ before, after }: Change): Kind {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'updated'
}

function countLines(root: string, { path, before, after }: Change): { added: number; removed: number } {
  if (before && after) return countChangedLines(join(root, path), after)
  return { added: lineCount(after), removed: lineCount(before) }
}

const lineCount = (content: Buffer | undefined) => (content ? content.toString().split('\n').length - 1 : 0)

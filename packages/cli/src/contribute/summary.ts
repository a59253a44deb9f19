import { join } from 'node:path'
import { counted } from '../docs/markdown'
import { DESTINATIONS } from './checkout'
import { countedLines } from './git'
import type { Change } from './plan'

/**
 * What changes, as git would sum it up: a line a file, with the lines that are added and removed, and the totals.
 *
 * @param root the checkout, still as it was before the changes.
 */
export function summary(root: string, changes: Change[]): string {
  const rows = changes.map((change) => ({ ...kindOf(change), path: shortPath(change), ...linesIn(root, change) }))
  const widest = Math.max(...rows.map(({ path }) => path.length))
  const lines = rows.map(({ letter, path, added, removed }) =>
    [`  ${letter} ${path.padEnd(widest)}`, added && `+${added}`, removed && `-${removed}`].filter(Boolean).join(' ')
  )
  const kinds = ['added', 'updated', 'removed'].flatMap((name) => {
    const count = rows.filter((row) => row.name === name).length
    return count > 0 ? [`${count} ${name}`] : []
  })
  return [`In ${DESTINATIONS}:`, ...lines, `${counted(rows.length, 'file')}: ${kinds.join(', ')}.`].join('\n')
}

const shortPath = ({ path }: Change) => path.slice(DESTINATIONS.length + 1)

function kindOf({ before, after }: Change): { letter: string; name: string } {
  if (before === undefined) return { letter: 'A', name: 'added' }
  return after === undefined ? { letter: 'D', name: 'removed' } : { letter: 'M', name: 'updated' }
}

function linesIn(root: string, { path, before, after }: Change): { added: number; removed: number } {
  if (before && after) return countedLines(join(root, path), after)
  return { added: linesOf(after), removed: linesOf(before) }
}

const linesOf = (text: Buffer | undefined) => (text ? text.toString().split('\n').length - 1 : 0)

import { escapeLine, textWidth, truncate } from '../terminal'
import { formatNumber } from '../text'

export type Align = 'left' | 'right'

/** The text of a cell, or its lines. */
export type Cell = string | string[]

/** What a line may take, so that it fits a terminal of 80 columns. */
const LINE_WIDTH = 80

const INDENT = '  '
const GAP = '  '

/** The least that is left of the first column, however wide the others are. */
const MIN_WIDTH = 16

/**
 * A table for a terminal, its columns as wide as they need to be. If it is wider than a section may be, the first column is cut.
 *
 * @param rows their cells; a cell of several lines makes its row as high.
 * @param align one entry per column: words go left, numbers right.
 * @returns its lines, without line ends.
 */
export function textTable(rows: Cell[][], align: Align[]): string[] {
  const cells = rows.flatMap(toLines)
  const widths = align.map((_, column) => Math.max(0, ...cells.map((line) => textWidth(line[column]))))
  const others = widths.slice(1).reduce((sum, width) => sum + GAP.length + width, INDENT.length)
  widths[0] = Math.min(widths[0], Math.max(MIN_WIDTH, LINE_WIDTH - others))
  const pad = (text: string, column: number) => {
    const shown = column === 0 ? truncate(text, widths[0]) : text
    const blanks = ' '.repeat(widths[column] - textWidth(shown))
    return align[column] === 'right' ? blanks + shown : shown + blanks
  }
  return cells.map((line) => line.map(pad).join(GAP).trimEnd())
}

/** The lines of a row: a cell that has fewer than another one goes on blank. */
function toLines(row: Cell[]): string[][] {
  const cells = row.map((cell) => [cell].flat().map(escapeLine))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, index) => cells.map((lines) => lines[index] ?? ''))
}

/** Rows of a name and a count, as a table. */
export const countsTable = (counts: [name: string, count: number][]): string[] =>
  textTable(
    counts.map(([name, count]) => [name, formatNumber(count)]),
    ['left', 'right']
  )

/**
 * A decimal with thousands separators: `1234.50` is `1,234.50`.
 *
 * @param text text and not a number, so that no digit is lost.
 */
function formatDecimal(text: string): string {
  const [whole, ...fraction] = text.split('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.')
}

/** What stands for a number that there is none of. */
const NONE = '–'

/**
 * Amounts in several currencies, a line each; a dash if there are none.
 *
 * @param reason why an amount is null, for those who cannot see it beside it.
 */
export function amountLines(byCurrency: Record<string, string | null>, reason?: string): string[] {
  const lines = Object.entries(byCurrency).map(
    ([code, text]) => `${code} ${text === null ? none(reason) : formatDecimal(text)}`
  )
  return lines.length > 0 ? lines : [NONE]
}

/**
 * A share of 1 as a percentage with one decimal place; a dash for null.
 *
 * @param reason why a share is null, for those who cannot see it beside it.
 */
export const formatPercent = (share: number | null, reason?: string): string =>
  share === null ? none(reason) : `${(share * 100).toFixed(1)} %`

const none = (reason: string | undefined) => (reason === undefined ? NONE : `${NONE} (${reason})`)

/** The lines of a section: a blank line, the heading, and the content indented. */
export const section = (heading: string, lines: string[]): string[] => [
  '',
  heading,
  ...lines.map((line) => INDENT + line)
]

/** Breaks a text into lines that fit a terminal, as far as its words allow; all but the first line are indented. */
export const wrapText = (text: string, indent = ''): string[] =>
  text
    .replace(new RegExp(`(.{1,${LINE_WIDTH - indent.length}})(?: +|$)`, 'g'), `$1\n${indent}`)
    .trimEnd()
    .split('\n')

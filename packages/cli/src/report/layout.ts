import { formatNumber } from '../text'

export type Align = 'left' | 'right'

/**
 * A table for a terminal, its columns as wide as they need to be.
 *
 * @param align one entry per column: words go left, numbers right.
 * @returns one line per row, without line ends.
 */
export function textTable(rows: string[][], align: Align[]): string[] {
  const widths = align.map((_, column) => Math.max(0, ...rows.map((row) => row[column].length)))
  const cell = (text: string, column: number) =>
    align[column] === 'right' ? text.padStart(widths[column]) : text.padEnd(widths[column])
  return rows.map((row) => row.map(cell).join('  ').trimEnd())
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
  const [whole, fraction] = text.split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? thousands : `${thousands}.${fraction}`
}

/** Amounts in several currencies on one line; a dash if there are none. */
export function formatAmounts(byCurrency: Record<string, string | null>): string {
  const parts = Object.entries(byCurrency).map(([code, text]) => `${code} ${text === null ? '–' : formatDecimal(text)}`)
  return parts.join(' · ') || '–'
}

/** A share of 1 as a percentage with one decimal place; a dash if there is none. */
export const formatPercent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)

/** The lines of a section: a blank line, the heading, and the content indented. */
export const section = (heading: string, lines: string[]): string[] => [
  '',
  heading,
  ...lines.map((line) => `  ${line}`)
]

/** Breaks a text into lines of at most 80 characters, as far as its words allow; all but the first line are indented. */
export const wrapText = (text: string, indent = ''): string =>
  text.replace(new RegExp(`(.{1,${80 - indent.length}})(?: +|$)`, 'g'), `$1\n${indent}`).trimEnd()

/** How a column of a table stands: words to the left, numbers to the right. */
export type Align = 'left' | 'right'

/**
 * A table for a terminal, its columns as wide as they need to be.
 *
 * @returns one line a row, without line ends.
 */
export function table(rows: string[][], align: Align[]): string[] {
  const widths = align.map((_, column) => Math.max(0, ...rows.map((row) => row[column].length)))
  const cell = (text: string, column: number) =>
    align[column] === 'right' ? text.padStart(widths[column]) : text.padEnd(widths[column])
  return rows.map((row) => row.map(cell).join('  ').trimEnd())
}

/** A number with thousands separators. */
export const number = (value: number): string => value.toLocaleString('en-US')

/** A decimal, written as text so that nothing of it is lost, with thousands separators: `1234.50` is `1,234.50`. */
export function decimal(text: string): string {
  const [whole, fraction] = text.split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? thousands : `${thousands}.${fraction}`
}

/** Amounts in several currencies on one line; a dash if there are none. */
export function amounts(byCurrency: Record<string, string | null>): string {
  const parts = Object.entries(byCurrency).map(([code, text]) => `${code} ${text === null ? '–' : decimal(text)}`)
  return parts.join(' · ') || '–'
}

/** A share of 1 as a percentage with one place; a dash if there is none. */
export const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)

/** A heading, and what stands under it. */
export const section = (heading: string, lines: string[]): string[] => [
  '',
  heading,
  ...lines.map((line) => `  ${line}`)
]

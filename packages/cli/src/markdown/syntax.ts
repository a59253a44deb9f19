import markdownTable from 'markdown-table'

/**
 * A table in Markdown.
 *
 * @param header the name of each column.
 * @param rows one cell per column. Pipes are escaped, and line ends become spaces.
 */
export const table = (header: string[], rows: string[][]): string =>
  markdownTable([header, ...rows].map((row) => row.map(escapeCell)))

const escapeCell = (cell: string) => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')

/** A bulleted list. */
export const bulletList = (items: string[]): string => items.map((item) => `- ${item}`).join('\n')

/** A numbered list. */
export const numberedList = (items: string[]): string => items.map((item, index) => `${index + 1}. ${item}`).join('\n')

/** Text in a fixed-width font. */
export const inlineCode = (text: string): string => `\`${text}\``

/** A link to the heading with this text, on the same page. */
export const headingLink = (heading: string): string =>
  `[${heading}](#${heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')})`

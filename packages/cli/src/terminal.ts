import stringWidth from 'string-width'

/**
 * Characters that would move the cursor, color, reorder or hide text, and halves of surrogate pairs: Unicode's controls,
 * format characters, and line and paragraph separators. Joiners stay, because emoji and some scripts need them.
 *
 * @see https://www.unicode.org/reports/tr44/#General_Category_Values
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escapeCodeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * Makes one line of text safe for a terminal. What would control it, a line break included, is written as JSON writes it,
 * so that a line of JSON stays the same JSON.
 *
 * @example escapeLine('a\u001b[31m') // 'a\\u001b[31m'
 */
export const escapeLine = (line: string): string =>
  line.replace(UNPRINTABLE, (character) => character.replace(/[^]/g, escapeCodeUnit))

/** Makes text whose line breaks are meant safe for a terminal. */
export const escapeText = (text: string): string => text.split('\n').map(escapeLine).join('\n')

/** Marks, and parts of Korean syllables, that take no column of their own. The library knows only a few of them. */
const COMBINING_MARKS = /(?!\ufe0f)[\p{Mn}\p{Me}\u200c\u1160-\u11ff]/gu

/** How many columns of a terminal a text takes: East Asian characters and emoji take two, accents none. */
export const textWidth = (text: string): number => stringWidth(text.replace(COMBINING_MARKS, ''))

const GRAPHEMES = new Intl.Segmenter()

/** The beginning of a text that fits so many columns, with an ellipsis if it is cut. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let start = ''
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (textWidth(start) + textWidth(segment) >= columns) break
    start += segment
  }
  return `${start}…`
}

const joinLines = (lines: string | string[]) => [lines].flat().map(escapeLine).join('\n')

/** Prints one line or several to standard output. Commands print there in no other way. */
export const print = (lines: string | string[]): void => console.log(joinLines(lines))

/** Prints one line or several to standard error. Commands print there in no other way, but for the progress bar. */
export const printError = (lines: string | string[]): void => console.error(joinLines(lines))

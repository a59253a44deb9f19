/** A fenced code block of a Markdown page. */
export interface CodeBlock {
  /** The line of the opening fence, counted from 1. */
  line: number
  /** What stands after the opening fence, such as `sh`; empty if nothing does. */
  language: string
  code: string
  /** Why the block cannot be run in a test, if the page says so. */
  notRun?: string
  /** Whether the command runs until it is stopped, as the page says. */
  keepsRunning: boolean
}

const FENCE = /^( *)```(\w*)\n(.*?)^\1```$/gms
const NOT_RUN = /<!-- not run: ([^>]+) -->\s*$/
const KEEPS_RUNNING = /<!-- runs until it is stopped -->\s*$/

/**
 * Finds the code blocks of a page. A comment right above a block, which readers do not see, says what a test does with it:
 * `<!-- not run: REASON -->` or `<!-- runs until it is stopped -->`.
 *
 * @param markdown the text of the page.
 */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(FENCE)].map(({ index, 1: indent, 2: language, 3: code }) => {
    const above = markdown.slice(0, index)
    return {
      line: above.split('\n').length,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      notRun: NOT_RUN.exec(above)?.[1].replaceAll(/\s+/g, ' '),
      keepsRunning: KEEPS_RUNNING.test(above)
    }
  })
}

/**
 * The npm scripts that a page names, such as `generate` of `npm run generate`.
 *
 * @param markdown the text of the page.
 */
export const npmScripts = (markdown: string): string[] =>
  [...markdown.matchAll(/\bnpm run (?:--?\w+ )*([\w:-]+)/g)].map(([, name]) => name)

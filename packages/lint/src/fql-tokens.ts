/** A token of FQL, and where it is in the text. */
export interface Token {
  kind: 'string' | 'number' | 'path' | 'sign' | 'end'
  text: string
  start: number
  end: number
}

/** The text is not FQL. */
export class FqlError extends Error {
  override readonly name = 'FqlError'
}

const TOKEN =
  /\s*(?:(?<string>"[^"]*"|'[^']*')|(?<number>[-+]?\d+(?:\.\d+)?(?![\w.]))|(?<path>(?:[a-z_]|\\.)(?:[\w-]|\\.)*(?:\.(?:[\w-]|\\.)+)*)|(?<sign>!=|<=|>=|[=<>!(),]))/iy

/**
 * Splits an FQL text into tokens. The last token is the end.
 *
 * @throws FqlError at a character that no token begins with.
 */
export function tokenize(fql: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  while (fql.slice(position).trim() !== '') {
    TOKEN.lastIndex = position
    const match = TOKEN.exec(fql)
    if (match === null) throw new FqlError(`FQL does not have \`${fql.slice(position).trim()}\``)
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) as [
      Token['kind'],
      string
    ]
    position = TOKEN.lastIndex
    tokens.push({ kind, text, start: position - text.length, end: position })
  }
  return [...tokens, { kind: 'end', text: 'the end', start: fql.length, end: fql.length }]
}

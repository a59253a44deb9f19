const COLUMNS = 118
const LINE_HEIGHT = 19
const CHARACTER_WIDTH = 8.43
const MARGIN = 20

/**
 * Draws a terminal as an SVG image.
 *
 * @param command the command that was typed.
 * @param output what it printed. Long lines are wrapped.
 */
export function terminalSvg(command: string, output: string): string {
  const lines = [`$ ${command}`, ...output.split('\n')].flatMap(wrap)
  const width = Math.round(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN)
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN
  const text = lines.map((line, index) => {
    const y = MARGIN + (index + 0.75) * LINE_HEIGHT
    return line && `<text x="${MARGIN}" y="${y}"${isHeading(line) ? ' class="heading"' : ''}>${escape(line)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escape(command)}</title>`,
    '<style>',
    'text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6deeb; white-space: pre; }',
    '.heading { fill: #82aaff; font-weight: bold; }',
    '</style>',
    `<rect width="${width}" height="${height}" rx="10" fill="#0b1622" />`,
    ...text.filter(Boolean),
    '</svg>',
    ''
  ].join('\n')
}

const isHeading = (line: string) => /^\S/.test(line)

function wrap(line: string): string[] {
  if (line.length <= COLUMNS) return [line]
  const space = line.lastIndexOf(' ', COLUMNS)
  const indent = /^ */.exec(line)?.[0] ?? ''
  const end = space > indent.length ? space : COLUMNS
  return [line.slice(0, end), ...wrap(`${indent}  ${line.slice(end).trimStart()}`)]
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

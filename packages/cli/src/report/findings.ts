import type { Where } from '@tractionboard/lint'
import type { Finding } from '@tractionboard/lint'
import { RULES } from '@tractionboard/lint'

/** The findings for people: under each rule, one a line, with where it is and what to do. */
export function reportOf(findings: Finding[]): string {
  return RULES.flatMap(({ id, severity, description }) => {
    const found = findings.filter(({ rule }) => rule === id)
    if (found.length === 0) return []
    return [
      [
        `${severity} ${id}: ${description}`,
        ...found.map(({ where, message }) => `  ${placeOf(where)} ${message}`)
      ].join('\n')
    ]
  }).join('\n\n')
}

/** The place in words, such as `action payment, field amount:`. */
function placeOf(where: Where): string {
  const parts = (['setting', 'action', 'preset', 'field'] as const).flatMap((kind) =>
    where[kind] === undefined ? [] : [`${kind} ${kind === 'preset' ? `"${where[kind]}"` : where[kind]}`]
  )
  return `${parts.join(', ') || 'destination'}:`
}

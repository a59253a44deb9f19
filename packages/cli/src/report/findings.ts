import { type Finding, RULES, type Where } from '@tractionboard/lint'

/** The linter's findings as lines for a terminal: grouped by rule, each with where it is and what to do. */
export function describeFindings(findings: Finding[]): string[] {
  const groups = RULES.flatMap(({ id, severity, description }) => {
    const ofRule = findings.filter(({ rule }) => rule === id)
    if (ofRule.length === 0) return []
    const lines = ofRule.map(({ where, message }) => `  ${describeLocation(where)} ${message}`)
    return [[`${severity} ${id}: ${description}`, ...lines]]
  })
  return groups.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

/** A place in a definition, such as `action payment, field amount:`. */
function describeLocation(where: Where): string {
  const parts = (['setting', 'action', 'preset', 'field'] as const).flatMap((kind) =>
    where[kind] === undefined ? [] : [`${kind} ${kind === 'preset' ? `"${where[kind]}"` : where[kind]}`]
  )
  return `${parts.join(', ') || 'destination'}:`
}

import type { Explanation } from '../../src/api-types'

/** Why a trigger matches a call or not, condition by condition. */
export function ExplanationTree({ explanation }: { explanation: Explanation }) {
  const { matches, text, parts, operator, problem } = explanation
  if (parts.length === 0) {
    return (
      <div class={`condition ${matches ? 'is-met' : 'is-unmet'}`}>
        <span class="mark" role="img" aria-label={matches ? 'met' : 'not met'} />
        <code>{text}</code>
        {problem && <span class="problem">{problem}</span>}
      </div>
    )
  }
  return (
    <ul class="conditions" aria-label={operator === 'or' ? 'one of these' : 'all of these'}>
      {parts.map((part, index) => (
        <li>
          {index > 0 && <span class="operator">{operator ?? 'and'}</span>}
          <ExplanationTree explanation={part} />
        </li>
      ))}
    </ul>
  )
}

/** The conditions that do not hold, as one line each. */
export const unmet = ({ matches, text, parts, problem }: Explanation): string[] =>
  matches ? [] : parts.length === 0 ? [problem ? `${text}: ${problem}` : text] : parts.flatMap(unmet)

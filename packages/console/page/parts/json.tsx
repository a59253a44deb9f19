import { prettyJson } from '../lib/format'

/** The longest JSON that is shown at once. */
const MAX_LENGTH = 100_000

/** A value as JSON, as text only. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = prettyJson(value)
  const isCut = text.length > MAX_LENGTH
  return (
    <pre class="json" tabIndex={0} role="region" aria-label={label}>
      {isCut ? `${text.slice(0, MAX_LENGTH)}\n… ${text.length - MAX_LENGTH} more characters` : text}
    </pre>
  )
}

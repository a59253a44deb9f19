import diff from 'microdiff'
import { shortValue } from '../lib/format'

interface Props {
  before: object
  after: object
  /** The headings of the two columns. */
  headings: [string, string]
  /** What is said if there is no difference. */
  same: string
}

/** What differs between two values, a row each. */
export function Diff({ before, after, headings, same }: Props) {
  const changes = diff(before, after, { cyclesFix: false })
  if (changes.length === 0) return <p class="note">{same}</p>
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Differences">
      <table class="diff">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">{headings[0]}</th>
            <th scope="col">{headings[1]}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr>
              <th scope="row">
                <code>{change.path.join('.')}</code>
              </th>
              <td>
                {change.type === 'CREATE' ? <span class="quiet">–</span> : <code>{shortValue(change.oldValue)}</code>}
              </td>
              <td>
                {change.type === 'REMOVE' ? <span class="quiet">–</span> : <code>{shortValue(change.value)}</code>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

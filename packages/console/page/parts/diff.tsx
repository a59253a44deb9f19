import diff from 'microdiff'
import { shortValue } from '../lib/format'
import { Table } from './table'

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
    <Table label="Differences" kind="diff" headings={['What', headings[0], headings[1]]}>
      {changes.map((change) => (
        <tr>
          <th scope="row">
            <code>{change.path.join('.')}</code>
          </th>
          <td>
            {change.type === 'CREATE' ? <span class="quiet">–</span> : <code>{shortValue(change.oldValue)}</code>}
          </td>
          <td>{change.type === 'REMOVE' ? <span class="quiet">–</span> : <code>{shortValue(change.value)}</code>}</td>
        </tr>
      ))}
    </Table>
  )
}

import type { CallDetail, FieldExplanation, MappingDetail, MappingTrace, UserChange } from '../../src/api-types'
import { state } from '../lib/api'
import { formatDateTime, shortValue } from '../lib/format'
import { Diff } from './diff'
import { ExplanationTree, unmet } from './explanation'
import { Json } from './json'
import { CallType, Status } from './status'
import { Table } from './table'

/** A call with all that is known of it. */
export function CallDetailView({ detail }: { detail: CallDetail }) {
  const { trace, mappings, nearMisses, user } = detail
  const { call, filledIn, stoppedBy, receivedAt } = trace
  const pairs = mappings.map((mapping, index) => ({ mapping, delivery: trace.mappings[index] }))
  const matching = pairs.filter(({ delivery }) => delivery?.matches)
  const others = pairs.filter(({ delivery }) => !delivery?.matches)
  return (
    <article class="detail">
      <header>
        <CallType type={call.type} />
        <h2>{shortValue(call.event ?? call.name ?? '') || 'Call'}</h2>
      </header>
      <dl class="facts">
        <dt>User</dt>
        <dd>{shortValue(call.userId ?? call.anonymousId ?? '–')}</dd>
        <dt>Message ID</dt>
        <dd>{shortValue(call.messageId)}</dd>
        <dt>Received</dt>
        <dd>{formatDateTime(receivedAt)}</dd>
        {filledIn.length > 0 && (
          <>
            <dt>Filled in</dt>
            <dd>{filledIn.join(', ')}</dd>
          </>
        )}
      </dl>
      {stoppedBy && <p class="callout is-warning">{stoppedBy}</p>}
      <NearMisses nearMisses={nearMisses} />
      {matching.map(({ mapping, delivery }) => (
        <Delivered mapping={mapping} delivery={delivery} />
      ))}
      {mappings.length > 0 && matching.length === 0 && <p class="callout is-warning">No mapping matches this call.</p>}
      {user && <UserSection user={user} />}
      {others.length > 0 && (
        <details open={matching.length === 0}>
          <summary>
            {others.length} {others.length === 1 ? 'mapping does' : 'mappings do'} not match
          </summary>
          <NotMatching mappings={others.map(({ mapping }) => mapping)} />
        </details>
      )}
      <details>
        <summary>The call as JSON</summary>
        <Json value={call} label="The call as JSON" />
      </details>
    </article>
  )
}

/** Names that look like one of the special names. */
export const NearMisses = ({ nearMisses }: { nearMisses: string[] }) => (
  <>
    {nearMisses.map((text) => (
      <p class="callout is-warning">{text}</p>
    ))}
  </>
)

function Delivered({ mapping, delivery }: { mapping: MappingDetail; delivery: MappingTrace }) {
  const { reason, requests, attempts, status } = delivery
  return (
    <section class="mapping-result">
      <h3>
        {mapping.name} <Status status={status} />
      </h3>
      {reason && <p class={`callout ${status === 'retrying' ? 'is-warning' : 'is-bad'}`}>{reason}</p>}
      {attempts > 1 && <p class="note">Sent {attempts} times.</p>}
      <details>
        <summary>Why it matches</summary>
        <ExplanationTree explanation={mapping.explanation} />
      </details>
      <Fields fields={mapping.fields} />
      {requests.map((request) => (
        <Request request={request} />
      ))}
    </section>
  )
}

/** The payload of a mapping, field by field, and where each value came from. */
export function Fields({ fields }: { fields: FieldExplanation[] }) {
  const given = fields.filter(({ value, problem }) => value !== undefined || problem !== undefined)
  const empty = fields.filter((field) => !given.includes(field))
  return (
    <>
      <Table label="Payload" kind="fields" headings={['Field', 'Value', 'From']}>
        {given.map(({ field, label, value, from, problem, isDefault }) => (
          <tr class={problem ? 'is-bad' : ''}>
            <th scope="row">
              {label} <code class="key">{field}</code>
            </th>
            <td>
              <code>{value === undefined ? '–' : shortValue(value)}</code>
              {problem && <p class="problem">{problem}</p>}
            </td>
            <td>
              {from.map((text) => (
                <code class="from">{text}</code>
              ))}
              {!isDefault && <span class="tag">changed</span>}
            </td>
          </tr>
        ))}
      </Table>
      {empty.length > 0 && <p class="note">Without a value: {empty.map(({ label }) => label).join(', ')}.</p>}
    </>
  )
}

function Request({ request }: { request: MappingTrace['requests'][number] }) {
  const { method, url, headers, body, status, response, error, events, ms } = request
  const prefix = state.value?.caughtPrefix
  const isCaught = prefix !== undefined && url.startsWith(prefix)
  return (
    <details class="request">
      <summary>
        <span class={`badge ${status !== undefined && status < 400 ? 'is-good' : 'is-bad'}`}>
          {status ?? 'no answer'}
        </span>
        <code>
          {method} {isCaught ? url.slice(prefix.length) : url}
        </code>
        <span class="quiet">{isCaught ? 'caught, not sent' : `${ms} ms`}</span>
      </summary>
      {events > 1 && <p class="note">Sent together with {events - 1} other calls. This is the part of this call.</p>}
      <h4>Headers</h4>
      <Json value={headers} label="Headers of the request" />
      {body !== undefined && (
        <>
          <h4>Body</h4>
          <Json value={body} label="Body of the request" />
        </>
      )}
      <h4>Answer</h4>
      {error ? <p class="callout is-bad">{error}</p> : <Json value={response ?? null} label="Answer" />}
    </details>
  )
}

function UserSection({ user: { before, after } }: { user: UserChange }) {
  const id = after?.external_user_id ?? before?.external_user_id
  return (
    <section>
      <h3>
        The user before and after {id !== undefined && <a href={`/panel/users/${encodeURIComponent(id)}`}>{id}</a>}
      </h3>
      {id === undefined ? (
        <p class="note">Nobody is known by these IDs: the visitor has not logged in or signed up.</p>
      ) : (
        <Diff
          before={before ?? {}}
          after={after ?? {}}
          headings={['Before', 'After']}
          same="The call changed nothing of the user."
        />
      )}
    </section>
  )
}

/** Mappings that do not match, and the conditions that do not hold. */
export const NotMatching = ({ mappings }: { mappings: MappingDetail[] }) => (
  <ul class="not-matching">
    {mappings.map(({ name, explanation }) => (
      <li>
        <strong>{name}</strong>
        {unmet(explanation).map((text) => (
          <code>{text}</code>
        ))}
      </li>
    ))}
  </ul>
)

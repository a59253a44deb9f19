import type { FaultKind, FaultsState } from '../../src/api-types'
import { api } from '../lib/api'
import { useLoaded } from '../lib/use-loaded'
import { Failed, Loading } from '../parts/states'

const WORDS: Record<FaultKind, { label: string; note: string }> = {
  too_many_requests: { label: 'Too many requests', note: '429 with Retry-After. Segment sends it again later.' },
  server_error: { label: 'Server error', note: '503. Segment sends it again.' },
  forbidden: { label: 'Bad token', note: '403. Segment does not send it again.' },
  too_large: { label: 'Too large', note: '413. The destination splits the batch and sends the parts.' },
  timeout: { label: 'No answer', note: 'The request runs into its timeout. Segment sends it again.' },
  slow: { label: 'Slow', note: 'The answer comes a second later.' },
  unavailable: { label: 'Event not available', note: 'The event alone is rejected for now. Segment sends it again.' },
  reorder: { label: 'Results in another order', note: 'Stored. The destination matches results by index and ID.' },
  omit: {
    label: 'Missing results',
    note: 'Stored, but the answer leaves results out. Sent again, they are duplicates.'
  },
  repeat: { label: 'A result twice', note: 'Stored, but one result comes twice.' },
  wrong_id: { label: 'A result with a wrong ID', note: 'Stored, but a result names another event.' },
  garbage: { label: 'An answer that is no JSON', note: 'Stored, but the answer cannot be read.' },
  drop_after_commit: { label: 'Broken connection', note: 'Stored, but no answer comes. Sent again, it is a duplicate.' }
}

const isOn = ({ settings }: FaultsState) => Object.keys(WORDS).some((kind) => settings[kind as FaultKind] > 0)

/** The switches of the stand-in Tractionboard's faults. */
export function FaultsView() {
  const { data, error, reload, set } = useLoaded(() => api<FaultsState>('faults'), [])
  if (error) return <Failed message={error} onRetry={reload} />
  if (!data) return <Loading what="the faults" />
  const change = (faults: object) => void api<FaultsState>('faults', { method: 'PUT', body: faults }).then(set, reload)

  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>Faults</h1>
          <p>Let Tractionboard fail, and see in Live what Segment does about it. Each share is of its requests.</p>
        </div>
        <button type="button" disabled={!isOn(data)} onClick={() => change({})}>
          Switch all off
        </button>
      </header>
      <ul class="faults">
        {data.kinds.map((kind) => {
          const share = data.settings[kind]
          return (
            <li class={share > 0 ? 'is-on' : ''}>
              <label for={`fault-${kind}`}>
                <strong>{WORDS[kind].label}</strong>
                <span>{WORDS[kind].note}</span>
              </label>
              <select
                id={`fault-${kind}`}
                value={String(share)}
                onChange={({ currentTarget }) => change({ ...data.settings, [kind]: Number(currentTarget.value) })}
              >
                {[...new Set([0, 0.1, 0.5, 1, share])].map((each) => (
                  <option value={String(each)}>{each === 0 ? 'off' : each === 1 ? 'always' : `${each * 100} %`}</option>
                ))}
              </select>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

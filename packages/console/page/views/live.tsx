import { useMemo } from 'preact/hooks'
import type { CallSummary, MappingStatus } from '../../src/api-types'
import { state } from '../lib/api'
import { formatNumber, formatTime } from '../lib/format'
import { calls } from '../lib/live'
import { navigate, path } from '../lib/router'
import { stored } from '../lib/stored'
import { useNarrow } from '../lib/use-narrow'
import { Empty } from '../parts/states'
import { CallType, Status } from '../parts/status'
import { VirtualList } from '../parts/virtual-list'
import { CallPane } from './call-pane'

const search = stored('live.search', '')
const verdict = stored<MappingStatus | ''>('live.verdict', '')

/** What the list may be narrowed to. */
const VERDICTS: (MappingStatus | '')[] = [
  '',
  'accepted',
  'duplicate',
  'retrying',
  'rejected',
  'given up',
  'not matched'
]

/** The verdict that says most about a call: the first of these that one of its mappings has. */
const ORDER: MappingStatus[] = ['rejected', 'given up', 'retrying', 'sending', 'waiting', 'accepted', 'duplicate']

function verdictOf({ mappings }: CallSummary): MappingStatus {
  return ORDER.find((status) => mappings.some((mapping) => mapping.status === status)) ?? 'not matched'
}

function filtered(all: CallSummary[], text: string, wanted: MappingStatus | ''): CallSummary[] {
  if (text === '' && wanted === '') return all
  const lower = text.toLowerCase()
  return all.filter(
    (call) =>
      (wanted === '' || verdictOf(call) === wanted) &&
      [call.type, call.name, call.who, ...call.mappings.map(({ name }) => name)].some((part) =>
        part.toLowerCase().includes(lower)
      )
  )
}

const Row = ({ call }: { call: CallSummary }) => (
  <div class="call-row">
    <time dateTime={call.receivedAt}>{formatTime(call.receivedAt)}</time>
    <CallType type={call.type} />
    <span class="name">{call.name || <span class="quiet">–</span>}</span>
    <span class="who">{call.who}</span>
    <span class="mapping">{call.mappings.map(({ name }) => name).join(', ') || (call.stoppedBy ? 'stopped' : '')}</span>
    <span class="verdict">
      <Status status={verdictOf(call)} />
    </span>
  </div>
)

/** The calls as they come, and the one that is open. */
export function LiveView() {
  const all = calls.value
  const shown = useMemo(() => filtered(all, search.value, verdict.value), [all, search.value, verdict.value])
  const open = path.value[0] === 'live' && path.value[1] ? Number(path.value[1]) : undefined
  const isNarrow = useNarrow()

  if (all.length === 0 && open === undefined) return <NoCalls />
  return (
    <div class={`split live ${open === undefined ? '' : 'has-open'}`}>
      <section class="list" aria-label="Calls">
        <div class="toolbar">
          <input
            type="search"
            placeholder="Search by event, user or mapping"
            aria-label="Search calls"
            value={search.value}
            onInput={({ currentTarget }) => (search.value = currentTarget.value)}
          />
          <select
            aria-label="Verdict"
            value={verdict.value}
            onChange={({ currentTarget }) => (verdict.value = currentTarget.value as MappingStatus | '')}
          >
            {VERDICTS.map((each) => (
              <option value={each}>{each === '' ? 'any verdict' : each}</option>
            ))}
          </select>
          <span class="count">
            {shown.length === all.length ? '' : `${formatNumber(shown.length)} of `}
            {formatNumber(all.length)} {all.length === 1 ? 'call' : 'calls'}
          </span>
        </div>
        {shown.length === 0 ? (
          <Empty title="No call matches">
            <button
              type="button"
              onClick={() => {
                search.value = ''
                verdict.value = ''
              }}
            >
              Show all calls
            </button>
          </Empty>
        ) : (
          <VirtualList
            items={shown}
            rowHeight={isNarrow ? 60 : 40}
            label="Calls, newest first"
            keyOf={({ id }) => id}
            selected={open}
            onSelect={({ id }) => navigate(`/live/${id}`, { replace: open !== undefined })}
            render={(call) => <Row call={call} />}
          />
        )}
      </section>
      {open !== undefined && (
        <section class="pane" aria-label="The call">
          <CallPane id={open} summary={all.find(({ id }) => id === open)} onClose={() => navigate('/live')} />
        </section>
      )}
    </div>
  )
}

function NoCalls() {
  const { trackingUrl, sandboxUrl } = state.value ?? {}
  return (
    <Empty title="Waiting for the first call">
      <p>Calls show up here as they come in.</p>
      <div class="ways">
        {sandboxUrl && trackingUrl && (
          <a class="way" href="/demo">
            <strong>Visit the demo shop</strong>
            <span>Sign up, pay and cancel, and see each call here and in the panel.</span>
          </a>
        )}
        <a class="way" href="/test">
          <strong>Send a test event</strong>
          <span>Choose a sample of every kind of call, or paste your own.</span>
        </a>
        {trackingUrl && (
          <div class="way">
            <strong>Point your app here</strong>
            <span>Any write key will do. In your Segment library, set the host to</span>
            <code>{trackingUrl}</code>
          </div>
        )}
      </div>
    </Empty>
  )
}

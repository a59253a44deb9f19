import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { CallDetail, CallPreview, TestRun, TestWay } from '../../src/api-types'
import { api } from '../lib/api'
import { prettyJson, shortValue } from '../lib/format'
import { readArchive } from '../lib/read-archive'
import { navigate, query } from '../lib/router'
import { stored } from '../lib/stored'
import { CallDetailView, Fields, NearMisses, NotMatching } from '../parts/call-detail'
import { Diff } from '../parts/diff'
import { Editor } from '../parts/editor'
import { ExplanationTree } from '../parts/explanation'
import { Failed, Loading } from '../parts/states'
import { SAMPLES } from '../samples'

/** How long to wait after the last key before the call is looked at. */
const DEBOUNCE_MS = 200

const text = stored('test.text', prettyJson(SAMPLES[6].call))
const way = stored<TestWay>('test.way', 'batch')
/** Calls of an archive that was opened. */
const archive = signal<object[]>([])

const WAYS: { way: TestWay; label: string; note: string }[] = [
  {
    way: 'batch',
    label: 'As a batch',
    note: 'As Segment sends it where batching is on. The call is in Live, and counts.'
  },
  { way: 'alone', label: 'Alone', note: 'As Segment sends it where batching is off. It counts.' },
  { way: 'both', label: 'Both ways', note: 'Each into an empty stand-in of its own, to compare them. Nothing counts.' }
]

/** The call in the editor. */
export function currentCall(): { call?: unknown; problem?: string } {
  try {
    return { call: JSON.parse(text.value) as unknown }
  } catch (error) {
    return { problem: `This is no JSON: ${(error as Error).message}` }
  }
}

/** Tries a call: what would become of it as one types, and what becomes of it when it is sent. */
export function TestView() {
  const [{ runs, error, isSending }, setSent] = useState<{ runs?: TestRun[]; error?: string; isSending?: boolean }>({})

  useOpenedCall()

  async function send(): Promise<void> {
    const { call, problem } = currentCall()
    if (problem) return setSent({ error: problem })
    setSent({ isSending: true })
    try {
      setSent({ runs: await api<TestRun[]>('test', { method: 'POST', body: { call, way: way.value } }) })
    } catch (failure) {
      setSent({ error: (failure as Error).message })
    }
  }

  return (
    <div class="split test">
      <section class="editing" aria-label="The call">
        <Choose />
        <Editor value={text.value} label="The call, as JSON" onChange={(value) => (text.value = value)} />
        <fieldset class="ways-to-send">
          <legend>How to send it</legend>
          <div class="segmented">
            {WAYS.map((each) => (
              <label>
                <input
                  type="radio"
                  name="way"
                  checked={way.value === each.way}
                  onChange={() => (way.value = each.way)}
                />
                <span>{each.label}</span>
              </label>
            ))}
          </div>
          <button type="button" class="primary" disabled={isSending} onClick={() => void send()}>
            {isSending ? 'Sending…' : 'Send test event'}
          </button>
          <p class="note">{WAYS.find((each) => each.way === way.value)?.note}</p>
        </fieldset>
      </section>
      <section class="pane" aria-label="What becomes of it" aria-live="polite">
        {error && <Failed message={error} />}
        {runs && (
          <div class="results">
            <div class="pane-bar">
              <h2>Result</h2>
              <button type="button" onClick={() => setSent({})}>
                Back to the preview
              </button>
            </div>
            <Runs runs={runs} />
          </div>
        )}
        {!runs && <Preview />}
      </section>
    </div>
  )
}

/** Opens the call that the address names, from Live. */
function useOpenedCall(): void {
  const id = query.value.get('call')
  useEffect(() => {
    if (id === null) return
    void api<CallDetail>(`calls/${id}`)
      .then(({ trace }) => {
        // Sent again with the same ID, it would be a duplicate of itself.
        const { messageId: _id, receivedAt: _at, ...call } = trace.call as unknown as Record<string, unknown>
        text.value = prettyJson(call)
      })
      .catch(() => undefined)
      .finally(() => navigate('/test', { replace: true }))
  }, [id])
}

function Choose() {
  const [error, setError] = useState('')
  const take = (call: object | string) => (text.value = typeof call === 'string' ? call : prettyJson(call))

  function open(file: File | undefined): void {
    if (!file) return
    setError('')
    readArchive(file).then(
      (found) => {
        archive.value = found
        take(found[0])
      },
      (failure: Error) => setError(failure.message)
    )
  }

  return (
    <div class="toolbar">
      <select
        aria-label="Sample"
        value=""
        onChange={({ currentTarget }) => {
          take(SAMPLES[Number(currentTarget.value)].call)
          currentTarget.value = ''
        }}
      >
        <option value="">Choose a sample…</option>
        {SAMPLES.map(({ name }, index) => (
          <option value={index}>{name}</option>
        ))}
      </select>
      {archive.value.length > 0 && (
        <select
          aria-label="Call of the archive"
          onChange={({ currentTarget }) => take(archive.value[Number(currentTarget.value)])}
        >
          {archive.value.map((call, index) => (
            <option value={index}>
              {index + 1}: {shortValue(Object(call).type)} {shortValue(Object(call).event ?? '')}
            </option>
          ))}
        </select>
      )}
      <label class="button">
        Open an archive…
        <input
          type="file"
          class="visually-hidden"
          accept=".gz,.json,.ndjson,.jsonl"
          onChange={({ currentTarget }) => open(currentTarget.files?.[0])}
        />
      </label>
      {error && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

/** What would become of the call, as one types. */
function Preview() {
  const [{ preview, problem }, setPreview] = useState<{ preview?: CallPreview; problem?: string }>({})
  const current = text.value
  useEffect(() => {
    const { call, problem: jsonProblem } = currentCall()
    if (jsonProblem) return setPreview({ problem: jsonProblem })
    let isCurrent = true
    const timer = setTimeout(() => {
      api<CallPreview>('preview', { method: 'POST', body: { call } }).then(
        (loaded) => isCurrent && setPreview({ preview: loaded }),
        (failure: Error) => isCurrent && setPreview({ problem: failure.message })
      )
    }, DEBOUNCE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [current])

  if (problem) return <p class="callout is-bad">{problem}</p>
  if (!preview) return <Loading what="the preview" />
  return <PreviewDetail preview={preview} />
}

/** Which mappings would take a call, and their payloads. */
export function PreviewDetail({ preview }: { preview: CallPreview }) {
  const matching = preview.mappings.filter(({ explanation }) => explanation.matches)
  const others = preview.mappings.filter((mapping) => !matching.includes(mapping))
  return (
    <article class="detail">
      <header>
        <h2>What would be sent</h2>
      </header>
      {preview.filledIn.length > 0 && <p class="note">Segment fills in {preview.filledIn.join(', ')}.</p>}
      <NearMisses nearMisses={preview.nearMisses} />
      {matching.length === 0 && <p class="callout is-warning">No mapping matches this call.</p>}
      {matching.map(({ name, explanation, fields }) => (
        <section class="mapping-result">
          <h3>{name}</h3>
          <ExplanationTree explanation={explanation} />
          <Fields fields={fields} />
        </section>
      ))}
      {others.length > 0 && (
        <details open={matching.length === 0}>
          <summary>
            {others.length} {others.length === 1 ? 'mapping does' : 'mappings do'} not match
          </summary>
          <NotMatching mappings={others} />
        </details>
      )}
    </article>
  )
}

/** What became of the call, and if it was sent in both ways, the difference. */
function Runs({ runs }: { runs: TestRun[] }) {
  const [first, second] = runs
  return (
    <>
      {second && (
        <section>
          <h3>Alone or in a batch</h3>
          <Diff
            before={comparable(first)}
            after={comparable(second)}
            headings={['Alone', 'In a batch']}
            same="Both ways come to the same."
          />
        </section>
      )}
      {runs.map(({ way: sent, detail }) => (
        <section>
          {second && <h3>{sent === 'alone' ? 'Alone' : 'In a batch'}</h3>}
          <CallDetailView detail={detail} />
        </section>
      ))}
    </>
  )
}

/** What should be the same in both ways. */
const comparable = ({ detail: { trace, user } }: TestRun): object => ({
  ...Object.fromEntries(
    trace.mappings
      .filter(({ matches }) => matches)
      .map(({ name, status, reason, requests }) => [
        name,
        { status, reason, requests: requests.map(({ body, status: answer }) => ({ body, answer })) }
      ])
  ),
  user: user?.after ?? null
})

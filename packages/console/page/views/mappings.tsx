import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ActionForm, ApiMapping, CallPreview, FieldForm } from '../../src/api-types'
import { api, state } from '../lib/api'
import { prettyJson } from '../lib/format'
import { navigate, path } from '../lib/router'
import { useLoaded } from '../lib/use-loaded'
import { ExplanationTree } from '../parts/explanation'
import { Fields } from '../parts/call-detail'
import { Empty, Failed, Loading } from '../parts/states'
import { currentCall } from './test'

interface Listed {
  data: { subscriptions: ApiMapping[] }
}

/** What was said last: a sentence, and whether it is a failure. */
const message = signal<{ text: string; isBad: boolean } | undefined>(undefined)

/** The mappings of the destination, as Segment's own form shows them. */
export function MappingsView() {
  const { data, error, reload, set } = useLoaded(() => api<Listed>('mappings'), [])
  if (error) return <Failed message={error} onRetry={reload} />
  if (!data) return <Loading what="the mappings" />
  const all = data.data.subscriptions
  const index = Math.min(Number(path.value[1] ?? 0) || 0, all.length - 1)

  async function save(body: unknown, done: string): Promise<void> {
    try {
      set(await api<Listed>('mappings', { method: 'PUT', body }))
      message.value = { text: done, isBad: false }
    } catch (failure) {
      message.value = { text: (failure as Error).message, isBad: true }
    }
  }
  const saveAll = (changed: ApiMapping[], done: string) => save({ data: { subscriptions: changed } }, done)

  return (
    <div class="split mappings">
      <section class="list" aria-label="Mappings">
        <Tools
          all={all}
          onImport={(body) => void save(body, 'The mappings are imported.')}
          onReset={set}
          onAdd={(mapping) => {
            void saveAll([...all, mapping], 'The mapping is added.').then(() => navigate(`/mappings/${all.length}`))
          }}
        />
        <ul class="mapping-list">
          {all.map((mapping, each) => (
            <li class={each === index ? 'is-current' : ''}>
              <a href={`/mappings/${each}`} aria-current={each === index ? 'true' : undefined}>
                <strong>{mapping.name}</strong>
                <code>{mapping.trigger}</code>
              </a>
              <input
                type="checkbox"
                class="switch"
                role="switch"
                aria-label={`${mapping.name} enabled`}
                checked={mapping.enabled}
                onChange={({ currentTarget }) =>
                  void saveAll(
                    all.map((other, at) => (at === each ? { ...other, enabled: currentTarget.checked } : other)),
                    `${mapping.name} is ${currentTarget.checked ? 'enabled' : 'disabled'}.`
                  )
                }
              />
            </li>
          ))}
        </ul>
      </section>
      <section class="pane" aria-label="The mapping">
        <p
          role="status"
          class={message.value ? `callout ${message.value.isBad ? 'is-bad' : 'is-good'}` : 'visually-hidden'}
        >
          {message.value?.text}
        </p>
        {all[index] ? (
          <MappingForm
            key={`${index} ${JSON.stringify(all[index])}`}
            mapping={all[index]}
            index={index}
            onSave={(changed) =>
              void saveAll(
                all.map((other, at) => (at === index ? changed : other)),
                'Saved. Calls from now on take it.'
              )
            }
            onRemove={() =>
              void saveAll(
                all.filter((_, at) => at !== index),
                'The mapping is removed.'
              )
            }
          />
        ) : (
          <Empty title="No mappings" />
        )}
      </section>
    </div>
  )
}

interface ToolsProps {
  all: ApiMapping[]
  onImport: (body: unknown) => void
  onReset: (data: Listed) => void
  onAdd: (mapping: ApiMapping) => void
}

function Tools({ all, onImport, onReset, onAdd }: ToolsProps) {
  function exportAll(): void {
    const url = URL.createObjectURL(
      new Blob([prettyJson({ data: { subscriptions: all } })], { type: 'application/json' })
    )
    const link = Object.assign(document.createElement('a'), { href: url, download: 'mappings.json' })
    link.click()
    URL.revokeObjectURL(url)
  }
  async function importFile(file: File | undefined): Promise<void> {
    if (!file) return
    try {
      onImport(JSON.parse(await file.text()))
    } catch (error) {
      message.value = { text: `${file.name} is no JSON: ${(error as Error).message}`, isBad: true }
    }
  }
  return (
    <div class="toolbar">
      <select
        aria-label="New mapping"
        value=""
        onChange={({ currentTarget }) => {
          const action = state.value?.actions.find(({ slug }) => slug === currentTarget.value)
          currentTarget.value = ''
          if (action) onAdd(newMapping(action))
        }}
      >
        <option value="">New mapping…</option>
        {state.value?.actions.map(({ slug, title }) => (
          <option value={slug}>{title}</option>
        ))}
      </select>
      <button type="button" onClick={exportAll}>
        Export
      </button>
      <label class="button">
        Import…
        <input
          type="file"
          class="visually-hidden"
          accept=".json"
          onChange={({ currentTarget }) => void importFile(currentTarget.files?.[0])}
        />
      </label>
      <button
        type="button"
        onClick={() =>
          void api<Listed>('mappings/reset', { method: 'POST', body: {} }).then((data) => {
            onReset(data)
            message.value = { text: 'These are the presets of the definition again.', isBad: false }
          })
        }
      >
        Reset
      </button>
    </div>
  )
}

const newMapping = ({ slug, title, defaultSubscription, fields }: ActionForm): ApiMapping => ({
  name: title,
  actionSlug: slug,
  enabled: true,
  trigger: defaultSubscription,
  settings: Object.fromEntries(
    fields.filter((field) => field.default !== undefined).map((field) => [field.key, field.default])
  ) as ApiMapping['settings']
})

interface FormProps {
  mapping: ApiMapping
  index: number
  onSave: (mapping: ApiMapping) => void
  onRemove: () => void
}

function MappingForm({ mapping, index, onSave, onRemove }: FormProps) {
  const [draft, setDraft] = useState(mapping)
  const [bad, setBad] = useState<ReadonlySet<string>>(new Set())
  const action = state.value?.actions.find(({ slug }) => slug === draft.actionSlug)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(mapping)
  const shown = action?.fields.filter(({ isHidden }) => !isHidden) ?? []

  function setField(key: string, value: unknown, isBad: boolean): void {
    setBad((others) => new Set([...others].filter((other) => other !== key).concat(isBad ? [key] : [])))
    if (isBad) return
    const { [key]: _old, ...others } = draft.settings as Record<string, unknown>
    setDraft({
      ...draft,
      settings: (value === undefined ? others : { ...others, [key]: value }) as ApiMapping['settings']
    })
  }

  return (
    <form
      class="mapping-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(draft)
      }}
    >
      <header>
        <h2>{mapping.name}</h2>
        <p class="note">
          {action?.title}: {action?.description}
        </p>
      </header>
      <label class="field">
        <span>Name</span>
        <input
          value={draft.name}
          required
          onInput={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>Trigger</span>
        <textarea
          class="code"
          rows={2}
          value={draft.trigger}
          onInput={({ currentTarget }) => setDraft({ ...draft, trigger: currentTarget.value })}
        />
      </label>
      <Tried draft={draft} index={index} />
      <h3>Fields</h3>
      {shown.map((field) => (
        <FieldInput
          field={field}
          value={(draft.settings as Record<string, unknown>)[field.key]}
          onChange={(value, isBad) => setField(field.key, value, isBad)}
        />
      ))}
      <footer class="form-bar">
        <button type="submit" class="primary" disabled={!isChanged || bad.size > 0}>
          Save mapping
        </button>
        <button type="button" disabled={!isChanged} onClick={() => setDraft(mapping)}>
          Undo
        </button>
        <button type="button" class="danger" onClick={onRemove}>
          Remove
        </button>
      </footer>
    </form>
  )
}

/** What the mapping, as it is written now, would do with the call of Test. */
function Tried({ draft, index }: { draft: ApiMapping; index: number }) {
  const [{ preview, error }, setTried] = useState<{ preview?: CallPreview; error?: string }>({})
  const key = JSON.stringify(draft)
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      const { call, problem } = currentCall()
      if (problem) return setTried({ error: problem })
      api<CallPreview>('preview', {
        method: 'POST',
        body: { call, mappings: { data: { subscriptions: [draft] } } }
      }).then(
        (loaded) => isCurrent && setTried({ preview: loaded }),
        (failure: Error) => isCurrent && setTried({ error: failure.message })
      )
    }, 250)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [key, index])
  const tried = preview?.mappings[0]
  return (
    <details class="tried" open>
      <summary>Tried with the call in Test</summary>
      {error && <p class="callout is-bad">{error}</p>}
      {tried && <ExplanationTree explanation={tried.explanation} />}
      {tried?.explanation.matches && <Fields fields={tried.fields} />}
    </details>
  )
}

const asText = (value: unknown) => (value === undefined ? '' : typeof value === 'string' ? value : prettyJson(value))

interface FieldProps {
  field: FieldForm
  value: unknown
  onChange: (value: unknown, isBad: boolean) => void
}

/** A field takes a text, one of its choices, or a directive as JSON. */
function FieldInput({ field, value, onChange }: FieldProps) {
  const [text, setText] = useState(asText(value))
  const [problem, setProblem] = useState('')
  useEffect(() => {
    if (value === undefined && text !== '' && problem === '') setText('')
  }, [value])
  const id = `field-${field.key}`

  function change(written: string): void {
    setText(written)
    const isJson = /^\s*[[{]/.test(written)
    try {
      const changed: unknown = written === '' ? undefined : isJson ? JSON.parse(written) : plain(written, field.type)
      setProblem('')
      onChange(changed, false)
    } catch (error) {
      setProblem(`This is no JSON: ${(error as Error).message}`)
      onChange(undefined, true)
    }
  }

  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required && <span class="tag">required</span>}
        <span class="quiet">
          {field.type}
          {field.multiple && ', several'}
        </span>
      </label>
      {field.choices.length > 0 && typeof value !== 'object' ? (
        <select id={id} value={text} onChange={({ currentTarget }) => change(currentTarget.value)}>
          <option value="">–</option>
          {field.choices.map((choice) => (
            <option value={choice.value}>{choice.label}</option>
          ))}
        </select>
      ) : (
        <textarea
          id={id}
          class="code"
          rows={Math.min(8, Math.max(1, text.split('\n').length))}
          value={text}
          aria-invalid={problem !== ''}
          aria-describedby={`${id}-note`}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      <p class="note" id={`${id}-note`}>
        {problem ? <span class="problem">{problem}</span> : field.description}
      </p>
    </div>
  )
}

/** A text that is no directive, in the type of its field. */
function plain(written: string, type: string): unknown {
  if (type === 'boolean' && /^(true|false)$/.test(written)) return written === 'true'
  if ((type === 'number' || type === 'integer') && written.trim() !== '' && !Number.isNaN(Number(written)))
    return Number(written)
  return written
}

import { useEffect, useRef } from 'preact/hooks'
import type { CallDetail, CallSummary } from '../../src/api-types'
import { api } from '../lib/api'
import { useLoaded } from '../lib/use-loaded'
import { CallDetailView } from '../parts/call-detail'
import { Failed, Loading } from '../parts/states'

interface Props {
  id: number
  /** Changes when the call changes. */
  summary: CallSummary | undefined
  onClose: () => void
}

/** An open call. */
export function CallPane({ id, summary, onClose }: Props) {
  const { data, error, reload } = useLoaded(() => api<CallDetail>(`calls/${id}`), [id, summary])
  const pane = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const parent = pane.current?.parentElement
    if (parent) parent.scrollTop = 0
  }, [id])

  return (
    <div
      ref={pane}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      <div class="pane-bar">
        <a class="button" href={`/test?call=${id}`}>
          Open in Test
        </a>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      {error ? (
        <Failed message={error} onRetry={reload} />
      ) : data ? (
        <CallDetailView detail={data} />
      ) : (
        <Loading what="the call" />
      )}
    </div>
  )
}

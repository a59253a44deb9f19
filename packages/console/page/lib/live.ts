import { computed, signal } from '@preact/signals'
import type { CallSummary } from '../../src/api-types'

/** How many calls the page keeps. */
const KEPT = 50_000

const byId = new Map<number, CallSummary>()

/** Changes with every change of the calls. */
const version = signal(0)

/** Whether the stream of calls is open. */
export const isConnected = signal(false)

/** Counts deliveries, so that views of the panel know when to look again. It changes at most every `SETTLE_MS`. */
export const deliveries = signal(0)

/** Many deliveries come together. To wait for a pause between them would be to wait for ever while calls come in. */
const SETTLE_MS = 50

let uncounted = 0
let timer: ReturnType<typeof setTimeout> | undefined

function countDeliveries(delivered: number): void {
  uncounted += delivered
  if (uncounted === 0) return
  timer ??= setTimeout(() => {
    deliveries.value += uncounted
    uncounted = 0
    timer = undefined
  }, SETTLE_MS)
}

/** All calls, newest first. */
export const calls = computed(() => {
  void version.value
  return [...byId.values()].sort((one, other) => other.id - one.id)
})

const isDelivered = ({ mappings }: CallSummary) => mappings.some(({ status }) => status === 'accepted')

function add(changed: CallSummary[]): void {
  let delivered = 0
  for (const call of changed) {
    const known = byId.get(call.id)
    if (isDelivered(call) && !(known && isDelivered(known))) delivered += 1
    byId.set(call.id, call)
  }
  for (const id of byId.keys()) {
    if (byId.size <= KEPT) break
    byId.delete(id)
  }
  version.value += 1
  countDeliveries(delivered)
}

/** Opens the stream. The browser opens it again after a break, and names the last message that it got. */
export function listen(): void {
  const source = new EventSource('/api/live')
  source.onopen = () => (isConnected.value = true)
  source.onerror = () => (isConnected.value = false)
  // The server has been started anew, or knows nothing of this page: everything comes again.
  source.addEventListener('start', () => {
    byId.clear()
    version.value += 1
  })
  source.addEventListener('calls', ({ data }: MessageEvent<string>) => add(JSON.parse(data) as CallSummary[]))
}

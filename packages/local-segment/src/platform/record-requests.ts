import { AsyncLocalStorage } from 'node:async_hooks'
import { performance } from 'node:perf_hooks'
import type { DestinationDefinition, ModifiedResponse, RequestOptions } from '@segment/actions-core'
import { errorMessage } from '../errors'
import { wrapRequests } from '../wrap-requests'

/** A request as it was made, and its response. */
export interface RecordedRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: unknown
  status?: number
  response?: unknown
  error?: string
  /** ISO 8601. */
  at: string
  ms: number
}

/** The same definition, and a function that tells which requests it makes for a piece of work. */
export interface RequestRecorder<Settings> {
  definition: DestinationDefinition<Settings>
  /** Does the work, and calls `onRequest` for each request that it made, in the order in which they ended. */
  record<T>(work: () => Promise<T>, onRequest: (request: RecordedRequest) => void): Promise<T>
}

type Options = { method?: string; headers?: unknown; json?: unknown; body?: unknown }

/** What the client hands over with a response, or with the error where there was none. */
type Sent = { request?: Request; options?: Options }

/** Makes a recorder of requests. */
export function requestRecorder<Settings>(original: DestinationDefinition<Settings>): RequestRecorder<Settings> {
  const current = new AsyncLocalStorage<(request: RecordedRequest) => void>()
  const definition = wrapRequests(original, (request) => async <Data>(url: string, options?: RequestOptions) => {
    const onRequest = current.getStore()
    if (!onRequest) return request<Data>(url, options)
    const at = new Date().toISOString()
    const start = performance.now()
    const given = { url, options: (options ?? {}) as Options }
    const timing = () => ({ at, ms: Math.round(performance.now() - start) })
    try {
      const response = await request<Data>(url, options)
      onRequest({
        ...describeSent(given, response as Sent),
        ...describeReceived(response as ModifiedResponse),
        ...timing()
      })
      return response
    } catch (error) {
      const { response } = error as { response?: ModifiedResponse }
      const received = response ? describeReceived(response) : { error: errorMessage(error) }
      onRequest({ ...describeSent(given, error as Sent), ...received, ...timing() })
      throw error
    }
  })
  return { definition, record: (work, onRequest) => current.run(onRequest, work) }
}

/** What was sent: as the client knows it, which `extendRequest` may have changed; else as it was given to the client. */
function describeSent({ url, options }: { url: string; options: Options }, { request, options: sent }: Sent) {
  const { method = 'get', headers = {}, json, body } = { ...options, ...sent }
  return {
    method: (request?.method ?? method).toUpperCase(),
    url: request?.url ?? url,
    headers: headersOf(request?.headers ?? headers),
    body: json ?? parsed(body)
  }
}

/** Of the client, which has its own class for headers, or of this version of Node.js, or an object. */
function headersOf(headers: unknown): Record<string, string> {
  const object: Record<string, string> = {}
  new Headers(headers as HeadersInit).forEach((value, name) => (object[name] = value))
  return object
}

function describeReceived({ status, data, content }: ModifiedResponse) {
  return { status, response: data ?? content }
}

function parsed(body: unknown): unknown {
  if (body === undefined || body === null) return undefined
  // A text, or an object that turns itself into one, such as URLSearchParams or a Buffer.
  const text = `${body as string}`
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

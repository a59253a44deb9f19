import { signal } from '@preact/signals'
import type { ConsoleState } from '../../src/api-types'

/**
 * Asks the console's server.
 *
 * @throws an error whose message is one sentence for a person.
 */
export async function api<T>(
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {}
): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    })
  } catch {
    throw new Error('The console does not answer. Start it again with `tractionboard start`.')
  }
  const json = (await response.json().catch(() => ({}))) as T & { message?: string }
  if (!response.ok) throw new Error(json.message ?? `The console answered with status ${response.status}.`)
  return json
}

/** What the page knows of the definition; undefined until it is loaded. */
export const state = signal<ConsoleState | undefined>(undefined)
export const stateError = signal('')

export function loadState(): void {
  stateError.value = ''
  api<ConsoleState>('state').then(
    (loaded) => (state.value = loaded),
    (error: Error) => (stateError.value = error.message)
  )
}

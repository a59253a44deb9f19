import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DestinationDefinition, GlobalSetting, JSONObject } from '@segment/actions-core'
import { wrapRequests } from '@tractionboard/local-segment'

/** A definition whose requests go nowhere. */
interface Caught {
  definition: DestinationDefinition<JSONObject>
  /** Stands before the address of each request. */
  prefix: string
  close: () => Promise<void>
}

/**
 * Starts a server on 127.0.0.1 that answers each request of a definition with 200 and `{}`, so that none of them leaves this
 * machine. Only requests that the definition makes in another way than with actions-core's client are not caught.
 */
export async function catchRequests(original: unknown): Promise<Caught> {
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json').end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const definition = wrapRequests(
    original as DestinationDefinition<JSONObject>,
    (request) => (url, options) => request(`${prefix}${url}`, options)
  )
  return {
    definition,
    prefix,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

const VALUES: Partial<Record<GlobalSetting['type'], string | number | boolean>> = { number: 1, boolean: false }

/** A value for each setting of a definition: its default, its first choice, or a dummy. */
export function dummySettings({ authentication }: { authentication?: unknown }): JSONObject {
  const { fields = {} } = Object(authentication) as { fields?: Record<string, GlobalSetting> }
  return Object.fromEntries(
    Object.entries(fields).map(([key, { type, default: preset, choices }]) => [
      key,
      preset ?? choices?.[0]?.value ?? VALUES[type] ?? `dummy-${key}`
    ])
  )
}

import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { JSONObject } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { createDestination, mappingsOf } from '@tractionboard/local-segment'
import { catchRequests, dummySettings } from '../run/catch-requests'
import { openConsole, openShownSandbox, tractionboardIn } from '../run/console'

describe('openConsole', () => {
  it('names the option if a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { sandbox } = await openShownSandbox(0)
    await expect(openConsole(tractionboardIn(sandbox), port)).rejects.toThrow(
      new RegExp(`^Port ${port} of 127.0.0.1 .*--port`)
    )
    await sandbox.close()
    server.close()
  })

  it('prints addresses that answer, and the sandbox says where the page is', async () => {
    const { sandbox, setPageUrl } = await openShownSandbox(0)
    const { url, close } = await openConsole(tractionboardIn(sandbox), 0)
    setPageUrl(url)
    const page = await fetch(url)
    const home = await fetch(sandbox.origin, { headers: { accept: 'text/html' } })
    expect([page.status, await home.text()]).toEqual([200, expect.stringContaining(url)])
    await close()
    await sandbox.close()
  })
})

describe('catchRequests', () => {
  it('answers the requests of a definition, so that none leaves this machine', async () => {
    const { definition, close } = await catchRequests(destination)
    const event = { type: 'track', event: 'signup', userId: 'u', messageId: 'm', timestamp: '2026-03-02T10:00:00Z' }
    const subscription = mappingsOf(destination).find(({ partnerAction }) => partnerAction === 'trackSignup')
    const settings = { ...dummySettings(destination), subscription: subscription as unknown as JSONObject }
    // The answer is none of Tractionboard's, so the destination wants it sent again.
    await expect(createDestination(definition).onEvent(event as never, settings)).rejects.toThrow(
      /results|answer|response/i
    )
    await close()
  })
})

describe('dummySettings', () => {
  it('takes the default, the first choice, or a dummy', () => {
    const field = { label: 'x', description: 'x' }
    const fields = {
      key: { ...field, type: 'password' },
      region: { ...field, type: 'string', choices: [{ label: 'EU', value: 'eu' }] },
      on: { ...field, type: 'boolean', default: true },
      count: { ...field, type: 'number' }
    }
    const expected = { key: 'dummy-key', region: 'eu', on: true, count: 1 }
    expect(dummySettings({ authentication: { fields } })).toEqual(expected)
  })
})

import type { DestinationDefinition, RequestClient, SegmentEvent } from '@segment/actions-core'
import { createDestination } from '../definition'
import { withBaseUrl } from '../with-base-url'
import { wrapRequests } from '../wrap-requests'

const SERVER = 'https://api.example/v1'

const definition: DestinationDefinition = {
  name: 'Requests',
  mode: 'cloud',
  authentication: {
    scheme: 'custom',
    fields: {},
    testAuthentication: (request) => request(`${SERVER}/test`)
  },
  onDelete: (request) => request(`${SERVER}/delete`),
  actions: {
    send: {
      title: 'Send',
      description: 'Sends a request.',
      fields: {},
      perform: (request) => request(`${SERVER}/single?a=b`),
      performBatch: (request) => request(`${SERVER}/batch`)
    }
  }
}

const event: SegmentEvent = { type: 'track', event: 'Sent', messageId: 'm-1', userId: 'u-1' }

/** Makes every request that the definition can make, and gives the URLs that arrive. */
async function urlsOf(wrap: (stub: RequestClient) => DestinationDefinition): Promise<string[]> {
  const urls: string[] = []
  const stub = ((url: string) => {
    urls.push(url)
    return Promise.resolve({ status: 200 })
  }) as unknown as RequestClient
  const destination = createDestination(wrap(stub))
  const settings = { subscription: { partnerAction: 'send', subscribe: 'type = "track"', mapping: {} } }
  await destination.testAuthentication({})
  await destination.onDelete?.(event, {})
  await destination.onEvent(event, settings)
  await destination.onBatch([event], settings)
  return urls
}

describe('wrapRequests', () => {
  it('wraps the requests of actions, of the test of the settings and of deletions', async () => {
    const urls = await urlsOf((stub) => wrapRequests(definition, () => stub))
    expect(urls).toEqual([`${SERVER}/test`, `${SERVER}/delete`, `${SERVER}/single?a=b`, `${SERVER}/batch`])
  })
})

describe('withBaseUrl', () => {
  it('swaps the origin and keeps the path and the query', async () => {
    const urls = await urlsOf((stub) => wrapRequests(withBaseUrl(definition, 'http://127.0.0.1:1'), () => stub))
    const local = 'http://127.0.0.1:1/v1'
    expect(urls).toEqual([`${local}/test`, `${local}/delete`, `${local}/single?a=b`, `${local}/batch`])
  })
})

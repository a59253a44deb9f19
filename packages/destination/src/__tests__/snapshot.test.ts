import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import nock from 'nock'
import destination from '../index'
import { TIMESTAMP } from './__helpers__/calls'
import { TOKEN } from './__helpers__/run'
import { acceptAll, respondToEvents } from './__helpers__/server'

const testDestination = createTestIntegration(destination)

// Prints a snapshot as JSON, because the versions of jest differ in how they print an object.
expect.addSnapshotSerializer({
  test: (value) => typeof value === 'object',
  print: (value) => JSON.stringify(value, null, 2)
})

afterEach(() => nock.cleanAll())

/** A value for each field of every action. */
const VALUES: JSONObject = {
  external_user_id: 'user-1',
  anonymous_id: 'visitor-1',
  previous_id: 'ada@acme.example',
  message_id: 'message-1',
  occurred_at: TIMESTAMP,
  channel: 'page',
  name: 'Pricing',
  category: 'Plans',
  amount: '49.99',
  currency: 'eur',
  attributes: { plan: 'pro' },
  fallback_attributes: { plan: 'free' },
  properties: { section: 'plans' },
  campaign: { source: 'newsletter', medium: 'email', name: 'spring', term: 'panel', content: 'button', id: '42' },
  page: {
    url: 'https://acme.example/pricing?a=b',
    path: '/pricing',
    title: 'Pricing',
    referrer: 'https://mail.example/',
    search: '?a=b'
  },
  context: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (Macintosh)', locale: 'en-US' },
  enable_batching: true,
  batch_size: 1000,
  batch_bytes: 3145728
}

/** What is required besides: one of the two IDs. */
const ONE_ID = ['external_user_id']

async function bodyFor(action: string, names: string[]): Promise<unknown> {
  const received = respondToEvents(acceptAll)
  const mapping = Object.fromEntries(names.map((name) => [name, VALUES[name]]))
  await testDestination.testAction(action, { event: createTestEvent(), mapping, settings: { tokenId: TOKEN } })
  return { events: received.events }
}

describe.each(Object.entries(destination.actions))('the action %s', (action, { fields }) => {
  const required = Object.keys(fields).filter((name) => fields[name].required)

  it('sends its required fields', async () => {
    expect(await bodyFor(action, [...ONE_ID, ...required])).toMatchSnapshot()
  })

  it('sends all of its fields', async () => {
    expect(Object.keys(VALUES)).toStrictEqual(expect.arrayContaining(Object.keys(fields)))
    expect(await bodyFor(action, Object.keys(fields))).toMatchSnapshot()
  })
})

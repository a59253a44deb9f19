import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import destination from '@tractionboard/destination'
import {
  createPlatform,
  createTrackingServer,
  replay,
  withBaseUrl,
  type Platform,
  type TrackingServer
} from '@tractionboard/local-segment'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { isBrowserInstalled, sendFromBrowser } from '../clients/browser'
import { sendFromCurl, sendFromNode, sendFromOlderNode, sendFromRudderStack } from '../clients/servers'
import { STORY, type StoryCall } from '../clients/story'
import { differences } from '../compare'
import { reference } from '../reference'
import { SILENT } from '../silent-progress'
import { testFolder, type TestFolder } from '../test-folder'

let folder: TestFolder
let sandbox: Sandbox
let platform: Platform
let tracking: TrackingServer

beforeEach(async () => {
  folder = testFolder()
  sandbox = await startSandbox()
  platform = createPlatform({
    definition: withBaseUrl(destination, sandbox.origin),
    settings: { tokenId: sandbox.token },
    retry: { attempts: 1000, minTimeoutMs: 20, maxTimeoutMs: 100 },
    batch: { maxWaitMs: 10 }
  })
  tracking = await createTrackingServer({ platform, recordDir: folder.path('archive') })
})
afterEach(async () => {
  await tracking.close()
  await platform.close()
  await sandbox.close()
  folder.remove()
})

const recordedFiles = () =>
  readdirSync(folder.path('archive'), { recursive: true })
    .map((name) => join(folder.path('archive'), String(name)))
    .filter((path) => statSync(path).isFile())

async function expectStoryInPanel(): Promise<void> {
  await platform.drain()
  expect(sandbox.dashboard()).toMatchObject({
    signups: 1,
    earnings: { USD: '99.50' },
    refunds: { USD: '20.00' },
    revenue: { USD: '79.50' },
    sources: [{ name: 'newsletter / email / spring', people: 1, signups: 1, revenue: { USD: '79.50' } }]
  })
  expect(sandbox.users()).toMatchObject([{ status: 'canceled', attributes: { plan: 'pro', big_spenders: true } }])
  expect(differences(sandbox, reference(recordedFiles()))).toEqual([])
}

async function expectSameWhenReplayed(): Promise<void> {
  const other = await startSandbox()
  try {
    const definition = withBaseUrl(destination, other.origin)
    const report = await replay(definition, { tokenId: other.token }, [folder.path('archive')], SILENT)
    expect(report).toMatchObject({ accepted: STORY.length, rejected: 0, malformed: 0 })
    expect(JSON.stringify(other.dashboard())).toBe(JSON.stringify(sandbox.dashboard()))
    expect(JSON.stringify(other.users())).toBe(JSON.stringify(sandbox.users()))
  } finally {
    await other.close()
  }
}

describe('the local Segment', () => {
  it.each([
    ['@segment/analytics-node', sendFromNode],
    ['analytics-node', sendFromOlderNode],
    ["RudderStack's library", sendFromRudderStack],
    ['curl', sendFromCurl]
  ])('has the right numbers, live and replayed, for the story that %s sends', async (_, send) => {
    await send(tracking.origin)
    expect(platform.changesSince(0)).toHaveLength(STORY.length)
    await expectStoryInPanel()
    await expectSameWhenReplayed()
  })
})

const describeWithBrowser = isBrowserInstalled() ? describe : describe.skip

describeWithBrowser('the local Segment (left out where /usr/bin/chromium is missing)', () => {
  it("has the right numbers, live and replayed, for the story in a page with Segment's snippet", async () => {
    const hosts = await sendFromBrowser(tracking.origin, () => platform.changesSince(0).length >= STORY.length)
    expect([...hosts]).toEqual(['127.0.0.1'])
    await expectStoryInPanel()
    await expectSameWhenReplayed()
  })
})

describe('the local Segment, when the sandbox fails', () => {
  const payments = (prefix: string): StoryCall[] =>
    Array.from({ length: 60 }, (_, index) => ({
      type: 'track',
      event: 'Payment Made',
      userId: `${prefix}-${index}`,
      properties: { value: 1 }
    }))

  it.each([
    ['@segment/analytics-node', sendFromNode],
    ['analytics-node', sendFromOlderNode],
    ["RudderStack's library", sendFromRudderStack]
  ])('loses nothing and counts nothing twice of what %s sends', async (_, send) => {
    sandbox.setFaults({
      too_many_requests: 0.2,
      server_error: 0.2,
      drop_after_commit: 0.2,
      omit: 0.2,
      unavailable: 0.2
    })
    await send(tracking.origin, payments('u'))
    await platform.drain()
    expect(sandbox.dashboard().earnings).toEqual({ USD: '60.00' })
    const payment = platform.changesSince(0).map(({ mappings }) => mappings.find(({ matches }) => matches))
    expect(payment.map((trace) => trace?.status)).toEqual(payment.map(() => 'accepted'))
  })

  it('delivers what came while the sandbox was down, once it is back at the same port', async () => {
    const port = Number(new URL(sandbox.origin).port)
    await sandbox.close()
    await sendFromNode(tracking.origin, payments('u'))
    const isRetrying = () =>
      platform.changesSince(0).some(({ mappings }) => mappings.some(({ status }) => status === 'retrying'))
    while (!isRetrying()) await new Promise((resolve) => setTimeout(resolve, 10))
    sandbox = await startSandbox({ port })
    await platform.drain()
    expect(sandbox.dashboard().earnings).toEqual({ USD: '60.00' })
  })
})

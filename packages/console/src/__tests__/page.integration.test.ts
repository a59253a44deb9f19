import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { SAMPLES } from '../../page/samples'
import { hasBrowser, launch } from './support/browser'
import { type OpenConsole, openConsole } from './support/open-console'

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const VIEWS = ['live', 'test', 'mappings', 'panel', 'faults', 'demo']

if (!hasBrowser) console.warn('No Chromium at /usr/bin/chromium: the tests of the page are left out.')
const describeInBrowser = hasBrowser ? describe : describe.skip

jest.setTimeout(120_000)

let browser: Browser
let opened: OpenConsole
let context: BrowserContext
let page: Page
/** What went wrong in the page, and where its requests went. */
let problems: string[]
let hosts: Set<string>

beforeAll(async () => {
  if (!hasBrowser) return
  browser = await launch()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  if (!hasBrowser) return
  opened = await openConsole()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  problems = []
  hosts = new Set()
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
})

afterEach(async () => {
  if (!hasBrowser) return
  await context.close()
  await opened.close()
})

const open = (path: string) => page.goto(`${opened.origin}/${path}`)
const button = (name: string) => page.getByRole('button', { name, exact: true })
const number = (label: string) => page.locator(`[data-number="${label}"]`)

/** Waits until a text is in the page. */
const see = (text: string | RegExp) => page.getByText(text).first().waitFor()

async function sendBySegment(call: object): Promise<void> {
  const response = await fetch(`${opened.trackingUrl}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: 'any', batch: [call].flat() })
  })
  expect(response.status).toBe(200)
}

async function choose(sample: string): Promise<void> {
  await page.getByLabel('Sample', { exact: true }).selectOption({ label: sample })
}

describeInBrowser('the page', () => {
  it('shows a call of the Tracking API, and on a click what became of it', async () => {
    await open('')
    await see('Waiting for the first call')
    await sendBySegment({ type: 'track', event: 'signup', userId: 'ana', messageId: 'm1' })
    await page.getByRole('option').getByText('signup', { exact: true }).click()
    await page.getByRole('heading', { name: 'Signups' }).waitFor()
    await see(/POST http/)
    await page.reload()
    await see('The user before and after')
    expect(page.url()).toBe(`${opened.origin}/live/1`)
    expect(await page.content()).not.toContain('a_secret_token')
    expect(problems).toEqual([])
  })

  it('previews every sample, and sends those that are whole', async () => {
    await open('test')
    for (const { name } of SAMPLES) {
      await choose(name)
      if (name.endsWith('no JSON')) {
        await see('This is no JSON')
        continue
      }
      await see('What would be sent')
      if (name.startsWith('Broken')) continue
      await button('Send test event').click()
      await page.locator('.results .badge.is-good, .results .badge.is-quiet').first().waitFor()
      await button('Back to the preview').click()
    }
    expect(problems).toEqual([])
  })

  it('points out a near miss, and an amount that is no number', async () => {
    await open('test')
    await choose('Broken: a name that is nearly right')
    await see(/looks like "Payment Made"/)
    await choose('Broken: an amount that is no number')
    await button('Send test event').click()
    await page.locator('.results .badge.is-bad').first().waitFor()
    expect(await page.locator('.results').innerText()).toMatch(/amount/i)
  })

  it('sends a call both ways, and finds them the same', async () => {
    await open('test')
    await choose('Payment Made')
    await page.getByRole('radio', { name: 'Both ways' }).check()
    await button('Send test event').click()
    await see('Alone or in a batch')
    expect(await page.getByText('In a batch', { exact: true }).count()).toBeGreaterThan(0)
    expect(opened.sandbox.users()).toEqual([])
  })

  it('saves a changed trigger, which the next call meets', async () => {
    await open('mappings/5')
    await page.getByLabel('Trigger').fill('type = "track" and event = "Money In"')
    await see(/it is "Payment Made"/)
    await button('Save mapping').click()
    await see('Saved. Calls from now on take it.')
    await sendBySegment({ type: 'track', event: 'Money In', userId: 'ana', properties: { revenue: 5 } })
    await opened.platform.drain()
    expect(opened.sandbox.dashboard().earnings).toEqual({ USD: '5.00' })
  })

  it('shows that Segment sends again while Tractionboard fails, and the call once it is back', async () => {
    await open('faults')
    await page.getByLabel('Server error').selectOption('always')
    await button('Switch all off').isEnabled()
    await expectSoon(() => opened.sandbox.faults().server_error === 1)
    await sendBySegment({ type: 'page', anonymousId: 'a', messageId: 'm1' })
    await page.getByRole('link', { name: 'Live' }).click()
    await page.locator('.badge', { hasText: 'retrying' }).first().waitFor()
    opened.sandbox.setFaults({})
    await page.locator('.badge', { hasText: 'accepted' }).first().waitFor()
    expect(opened.sandbox.dashboard().visits).toBe(1)
  })

  it('takes a spend, and gives the acquisition cost', async () => {
    await sendBySegment({ type: 'track', event: 'signup', userId: 'ana' })
    await opened.platform.drain()
    await open('panel')
    await page.getByLabel('Amount').fill('120')
    await button('Add spend').click()
    await expectSoon(async () => (await number('UAC').innerText()) === '120.00 USD')
  })

  it('moves the panel while a person visits, signs up, pays, is refunded and cancels in the shop', async () => {
    await open('demo')
    const shop = page.frameLocator('iframe')
    await expectSoon(async () => (await number('Visits').innerText()) === '1')
    await shop.getByRole('button', { name: 'Sign up' }).click()
    await expectSoon(async () => (await number('Signups').innerText()) === '1')
    await shop.getByRole('button', { name: 'Pay 49 USD' }).click()
    await expectSoon(async () => (await number('Earnings').innerText()) === '49.00 USD')
    await shop.getByRole('button', { name: 'Ask for a refund' }).click()
    await expectSoon(async () => (await number('Revenue').innerText()) === '0.00 USD')
    await shop.getByRole('button', { name: 'Cancel the plan' }).click()
    await expectSoon(async () => (await number('Churn rate').innerText()) === '100%')
    expect(await page.getByText('newsletter / email / spring').count()).toBeGreaterThan(0)
    const own = [opened.origin, opened.trackingUrl].map((origin) => new URL(origin).host)
    expect([...hosts].sort()).toEqual(own.sort())
    expect(problems).toEqual([])
  })

  it('works by keyboard alone', async () => {
    await sendBySegment([1, 2, 3].map((each) => ({ type: 'track', event: `Event ${each}`, userId: 'ana' })))
    await open('live')
    await page.locator('.virtual-row').first().waitFor()
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab')
      if (await page.getByRole('listbox').evaluate((list) => list.ownerDocument.activeElement === list)) break
    }
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('heading', { name: 'Event 2' }).waitFor()
    await page.keyboard.press('End')
    await page.getByRole('heading', { name: 'Event 1' }).waitFor()
    expect(page.url()).toBe(`${opened.origin}/live/1`)
  })

  it('shows hostile text as text', async () => {
    const html = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u001b[31m'
    const call = `{"type":"track","event":${JSON.stringify(html)},"userId":${JSON.stringify(html)},"properties":{"__proto__":{"polluted":1},"constructor":1}}`
    await sendBySegment(JSON.parse(call) as object)
    await open('live/1')
    await page.getByText('<img src=x').first().waitFor()
    await open('panel')
    await page.getByRole('link', { name: '<img' }).or(page.getByText('No user yet')).first().waitFor()
    const state = await page.evaluate('[window.hacked, ({}).polluted, document.querySelectorAll("img[src=x]").length]')
    expect(state).toEqual([null, null, 0].map((each) => each ?? undefined))
    expect(problems).toEqual([])
  })

  it('lists 50,000 calls, and draws only those that can be seen', async () => {
    const receivedAt = new Date().toISOString()
    opened.platform.setMappings([])
    for (let each = 0; each < 50_000; each++) {
      opened.platform.accept({
        type: 'track',
        event: 'x',
        userId: 'u',
        messageId: `m${each}`,
        timestamp: receivedAt,
        receivedAt
      })
    }
    await open('live')
    await see('50,000 calls')
    expect(await page.locator('.virtual-row').count()).toBeLessThan(60)
    await page.getByRole('listbox').press('End')
    await page.waitForURL('**/live/1')
  })

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
    [1920, 'dark']
  ] as const)('fits a width of %i in %s, and axe finds nothing in it', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await sendBySegment([
      { type: 'track', event: 'signup', userId: 'ana' },
      { type: 'track', event: 'Payment Made', userId: 'ana', properties: { revenue: 'a lot' } }
    ])
    await opened.platform.drain()
    for (const view of [...VIEWS, 'live/2', 'panel/users/ana']) {
      await open(view)
      await page.locator('main :is(h2, .virtual-row, .faults):visible').first().waitFor()
      expect([view, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([view, true])
      expect([view, await violations()]).toEqual([view, []])
    }
  })
})

/** What axe finds in the page. */
async function violations(): Promise<string[]> {
  // The policy of the page lets no script in: the developer tools can.
  const session = await context.newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: AXE })
  const expression = `axe.run(document, { iframes: false }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3).join(' ')))`
  const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
  await session.detach()
  return result.value as string[]
}

/** Waits until something holds. */
async function expectSoon(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await holds()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await holds()).toBe(true)
}

// Takes the pictures of the page that the README shows, from a real run of `npm start` and of the demo shop.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright-core'

const ROOT = join(__dirname, '../..')
const IMAGES = join(ROOT, 'docs/images')
const COLORS = ['light', 'dark'] as const
const SIZE = { width: 1280, height: 800 }

/** What a visitor of the demo shop does, by the names of the buttons. */
const STORY = ['See the prices', 'Sign up', 'Pay 49 USD', 'Ask for a refund', 'Cancel the plan']

type Show = (page: Page, url: string) => Promise<void>

/** The numbers of the sample. */
const showPanel: Show = async (page, url) => {
  await page.goto(`${url}/panel`)
  await page.getByText('By month').waitFor()
}

/** A call of the demo shop. */
const showCall: Show = async (page, url) => {
  await page.goto(`${url}/live`)
  await page.getByText('Payment Made').first().click()
  await page.getByText('Why it matches').waitFor()
}

/** Starts the page with the sample in its panel. Gives its address, and what stops it. */
async function startPage(): Promise<{ url: string; stop: () => Promise<void> }> {
  const command = join(ROOT, 'packages/cli/dist/main.js')
  const child = spawn(process.execPath, [command, 'start', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const stop = async () => {
    child.kill()
    await exited
  }
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^Page: +(\S+)$/.exec(line) ?? []
    if (url !== undefined) return { url, stop }
  }
  throw new Error('`tractionboard start` ended before it printed the address of the page.')
}

async function visitShop(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(`${url}/demo`)
  const shop = page.frameLocator('iframe')
  for (const name of STORY) {
    await shop.getByRole('button', { name }).click()
    // A person takes longer, and the charts of the panel follow.
    await page.waitForTimeout(500)
  }
  await page.close()
}

/** Takes a picture in each of the colors. */
async function take(browser: Browser, url: string, name: string, show: Show): Promise<void> {
  for (const colorScheme of COLORS) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme, reducedMotion: 'reduce' })
    await show(page, url)
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(IMAGES, `${name}-${colorScheme}.png`) })
    await page.close()
  }
}

async function main(): Promise<void> {
  const { url, stop } = await startPage()
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    await take(browser, url, 'panel', showPanel)
    await visitShop(browser, url)
    await take(browser, url, 'live', showCall)
  } finally {
    await browser.close()
    await stop()
  }
}

void main()

import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { STORY } from './story'

/** Where Debian's package has it. */
const CHROMIUM = '/usr/bin/chromium'

export const isBrowserInstalled = (): boolean => existsSync(CHROMIUM)

/** Segment's snippet, version 5.2.0, as its app shows it. */
// prettier-ignore
const SNIPPET = `!function(){var i="analytics",analytics=window[i]=window[i]||[];if(!analytics.initialize)if(analytics.invoked)window.console&&console.error&&console.error("Segment snippet included twice.");else{analytics.invoked=!0;analytics.methods=["trackSubmit","trackClick","trackLink","trackForm","pageview","identify","reset","group","track","ready","alias","debug","page","screen","once","off","on","addSourceMiddleware","addIntegrationMiddleware","setAnonymousId","addDestinationMiddleware","register"];analytics.factory=function(e){return function(){if(window[i].initialized)return window[i][e].apply(window[i],arguments);var n=Array.prototype.slice.call(arguments);if(["track","screen","alias","group","page","identify"].indexOf(e)>-1){var c=document.querySelector("link[rel='canonical']");n.push({__t:"bpc",c:c&&c.getAttribute("href")||void 0,p:location.pathname,u:location.href,s:location.search,t:document.title,r:document.referrer})}n.unshift(e);analytics.push(n);return analytics}};for(var n=0;n<analytics.methods.length;n++){var key=analytics.methods[n];analytics[key]=analytics.factory(key)}analytics.load=function(key,n){var t=document.createElement("script");t.type="text/javascript";t.async=!0;t.setAttribute("data-global-segment-analytics-key",i);t.src="https://cdn.segment.com/analytics.js/v1/" + key + "/analytics.min.js";var r=document.getElementsByTagName("script")[0];r.parentNode.insertBefore(t,r);analytics._loadOptions=n};analytics._writeKey="YOUR_WRITE_KEY";;analytics.SNIPPET_VERSION="5.2.0";
analytics.load("YOUR_WRITE_KEY");
analytics.page();
}}();`

/** The story in the browser library's words. It sends the visit and its campaign by itself. */
const STEPS = STORY.flatMap(({ type, userId, previousId, event, traits, properties, context }) => {
  const given = (...values: unknown[]) => values.map((value) => JSON.stringify(value ?? {})).join(', ')
  if (type === 'identify') return `analytics.identify(${given(userId, traits, context && { context })})`
  if (type === 'track') return `analytics.track(${given(event, properties)})`
  // While somebody is logged in, the library puts their id in the place of the new one.
  return type === 'alias' ? `analytics.reset(), analytics.alias(${given(userId, previousId)})` : []
})

/**
 * A person takes longer. Each call is a request of its own, and its time is corrected by when that comes in: calls within a
 * few milliseconds of one another may change places, as with Segment.
 */
const STEP_MS = 60

/**
 * Opens a page with Segment's snippet, in which only the address is changed, and does the story in it.
 *
 * @param origin of the Tracking API.
 * @param isDone is asked until all calls are there.
 * @returns the hosts that the page sent requests to.
 */
export async function sendFromBrowser(origin: string, isDone: () => boolean): Promise<Set<string>> {
  const html = `<!doctype html><title>Shop</title><script>${SNIPPET.replace('https://cdn.segment.com', origin)}</script>`
  const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const hosts = new Set<string>()
    page.on('request', (request) => void hosts.add(new URL(request.url()).hostname))
    const query = 'utm_source=newsletter&utm_medium=email&utm_campaign=spring'
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/pricing?${query}`)
    for (const step of STEPS) {
      await page.waitForTimeout(STEP_MS)
      await page.evaluate(`void (${step})`)
    }
    while (!isDone()) await page.waitForTimeout(20)
    return hosts
  } finally {
    await browser.close()
    site.closeAllConnections()
    site.close()
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TrackingError } from './answers'

/** A script, or JSON. */
export interface LibraryFile {
  contentType: string
  content: string | Buffer
}

const JAVASCRIPT = 'text/javascript; charset=utf-8'

/**
 * Gives what Segment's browser library loads from Segment's servers.
 *
 * @param path of the request.
 * @param origin of the Tracking API.
 * @returns undefined if the path is none of the library's.
 * @throws TrackingError if the library is not installed.
 */
export function libraryFile(path: string, origin: string): LibraryFile | undefined {
  const settingsFor = /^\/v1\/projects\/([^/]+)\/settings$/.exec(path)?.[1]
  if (settingsFor !== undefined) {
    return { contentType: 'application/json', content: JSON.stringify(sourceSettings(settingsFor, origin)) }
  }
  if (/^\/analytics\.js\/v1\/[^/]+\/analytics\.(min\.)?js$/.test(path)) {
    const script = readFileSync(join(scriptsFolder(), 'standalone.js'), 'utf8')
    return { contentType: JAVASCRIPT, content: `${originLine(origin)}\n${script}` }
  }
  const bundle = /^\/analytics-next\/bundles\/([\w.-]+\.js)$/.exec(path)?.[1]
  if (bundle === undefined || !readdirSync(scriptsFolder()).includes(bundle)) return undefined
  return { contentType: JAVASCRIPT, content: readFileSync(join(scriptsFolder(), bundle)) }
}

/** Where the library's scripts for browsers are installed. */
function scriptsFolder(): string {
  let folder
  try {
    folder = join(dirname(require.resolve('@segment/analytics-next/package.json')), 'dist', 'umd')
  } catch {
    folder = undefined
  }
  if (folder === undefined || !existsSync(folder)) {
    throw new TrackingError(404, "Segment's browser library is not installed: npm install @segment/analytics-next")
  }
  return folder
}

/**
 * Tells the library where the rest of it and its settings are. By itself it only finds that out if the address of its
 * script begins with https.
 */
function originLine(origin: string): string {
  const script = "document.querySelector('script[data-global-segment-analytics-key]')"
  const name = `(${script}||{dataset:{}}).dataset.globalSegmentAnalyticsKey||'analytics'`
  return `;(function(name){(window[name]=window[name]||[])._cdn=${JSON.stringify(origin)}})(${name});`
}

/**
 * The settings of a source without destinations in the browser, whose calls come here, and whose metrics go nowhere.
 *
 * @see https://github.com/segmentio/analytics-next/blob/master/packages/browser/src/browser/settings.ts
 */
function sourceSettings(writeKey: string, origin: string): object {
  const apiHost = `${origin.replace('http://', '')}/v1`
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost,
        protocol: 'http',
        unbundledIntegrations: [],
        addBundledMetadata: true,
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] }
      }
    },
    plan: { track: { __default: { enabled: true, integrations: {} } } },
    metrics: { sampleRate: 0, host: apiHost },
    middlewareSettings: {},
    enabledMiddleware: {},
    remotePlugins: [],
    analyticsNextEnabled: true
  }
}

import { Destination, type SegmentEvent } from '@segment/actions-core'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { canary, canariesIn, CANARY_CALLS, TOKEN } from './canaries'
import type { Checked } from './deliveries'
import { acceptAll, startRecordingServer, type RecordingServer } from './recording-server'

/** Ids that would change a URL if they were not encoded. */
export const HOSTILE_IDS = [
  '.',
  '..',
  '...',
  './',
  '../',
  '../token',
  '../../v1/token',
  '..\\..',
  '..;/',
  '. ',
  ' ..',
  '\t..',
  '..\n',
  '%2e%2e',
  '%2E%2E%2F',
  '..%2ftoken',
  '%',
  '%zz',
  '%00',
  '\u0000',
  '/',
  '//',
  '//otherServer.example/',
  'a/b',
  'a\\b',
  'a?b=c',
  '?',
  'a#b',
  '#',
  'a&b',
  'a;b',
  'a:b',
  'a@b',
  '@otherServer.example',
  'https://otherServer.example/',
  'a b',
  'a+b',
  '\r\nHost: otherServer.example',
  '\n',
  '\u2028',
  '\u202egpj.exe',
  '\ufeff',
  'é',
  'e\u0301',
  'ﬀ',
  '．．',
  '🔑',
  '\ud800',
  'a\udc00',
  '\ud83d',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  '{external_user_id}',
  'x'.repeat(255),
  '🔑'.repeat(255),
  'x'.repeat(4000)
]

/** Deletes by each id, and checks the paths of the requests. */
export async function checkDeletions(ids: string[] = HOSTILE_IDS): Promise<Checked> {
  const server = await startRecordingServer(acceptAll)
  const checked: Checked = { checks: 0, findings: [] }
  try {
    for (const id of ids) {
      for (const [kind, ids] of [
        ['users', { userId: id }],
        ['visitors', { anonymousId: id }]
      ] as const) {
        server.received.length = 0
        const rejected = await erase(server, ids)
        checked.checks += 1
        checked.findings.push(...deletionFindings(kind, id, rejected, server))
      }
    }
  } finally {
    await server.close()
  }
  return checked
}

/** Deletes; gives the status that the destination rejects it with, if it does. */
async function erase({ origin }: RecordingServer, ids: object): Promise<number | undefined> {
  const call = { type: 'delete', ...ids } as unknown as SegmentEvent
  try {
    await new Destination(withBaseUrl(destination, origin)).onDelete?.(call, { tokenId: TOKEN })
    return undefined
  } catch (error) {
    return (error as { status?: number }).status ?? NaN
  }
}

function deletionFindings(
  kind: string,
  id: string,
  rejected: number | undefined,
  { received }: RecordingServer
): string[] {
  const says = (what: string) => [`The deletion of ${JSON.stringify(id)} of ${kind} ${what}.`]
  const paths = received.map(({ method, path }) => `${method} ${path}`)
  if (rejected !== undefined) {
    return rejected === 400 && paths.length === 0
      ? []
      : says(`was rejected with ${rejected}, and reached ${paths.join()}`)
  }
  const [, name] = new RegExp(`^DELETE /v1/${kind}/([^/?#]+)$`).exec(paths[0] ?? '') ?? []
  const isRight = paths.length === 1 && name !== undefined && decodeURIComponent(name) === id
  return isRight ? [] : says(`reached ${paths.join() || 'no path'}`)
}

const REDIRECTS = [300, 301, 302, 303, 307, 308]

/** Redirects every request of the destination, and checks that none follows. */
export async function checkRedirects(): Promise<Checked> {
  const otherServer = await startRecordingServer(acceptAll)
  const checked: Checked = { checks: 0, findings: [] }
  try {
    for (const status of REDIRECTS) {
      const server = await startRecordingServer(({ path }, response) => {
        response.writeHead(status, { location: `${otherServer.origin}${path}` }).end()
      })
      try {
        checked.checks += 4
        await makeAllRequests(server)
        if (server.received.length !== 4) checked.findings.push(`${status}: not every request was made.`)
      } finally {
        await server.close()
      }
    }
    checked.findings.push(
      ...otherServer.received.map(({ method, path, authorization = 'none' }) => {
        const held = canariesIn(`${authorization} ${path}`).join(' ')
        return `A redirect was followed: ${method} with ${held || 'no canary'}.`
      })
    )
  } finally {
    await otherServer.close()
  }
  return checked
}

/** Makes every kind of request that the destination makes. All of them fail. */
async function makeAllRequests({ origin }: RecordingServer): Promise<void> {
  const tractionboard = new Destination(withBaseUrl(destination, origin))
  const { preset, call } = CANARY_CALLS.event
  const settings = { tokenId: TOKEN, subscription: subscriptionOf(destination, preset) }
  const deletion = { type: 'delete', userId: canary('user') } as unknown as SegmentEvent
  await Promise.allSettled([
    tractionboard.onEvent(structuredClone(call), settings),
    tractionboard.onBatch([structuredClone(call)], settings),
    tractionboard.testAuthentication({ tokenId: TOKEN }),
    tractionboard.onDelete?.(deletion, { tokenId: TOKEN })
  ])
}

import { isEqual } from 'lodash'
import { Destination, type SegmentEvent } from '@segment/actions-core'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { PLACEHOLDER_IDS } from '../../../destination/src/values'
import { canary, canariesIn, CANARY_CALLS, TOKEN } from './canaries'
import type { Checked } from './deliveries'
import { acceptAll, startRecordingServer, type RecordingServer } from './recording-server'

/** Ids that would change a URL or a body if they were not encoded, and ids that count as none. */
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
  'a"b',
  '","anonymous_id":"',
  ...PLACEHOLDER_IDS,
  ' NULL\n',
  '{external_user_id}',
  'x'.repeat(255),
  '🔑'.repeat(255),
  'x'.repeat(4000)
]

/** The members of a call that name a person, and of an erasure. */
const ID_MEMBERS = { userId: 'external_user_id', anonymousId: 'anonymous_id' } as const

type IdMember = keyof typeof ID_MEMBERS

/** Deletes by each id, and checks that the one request has exactly this id in its body. */
export async function checkDeletions(ids: string[] = HOSTILE_IDS): Promise<Checked> {
  const server = await startRecordingServer(acceptAll)
  const checked: Checked = { checks: 0, findings: [] }
  try {
    for (const id of ids) {
      for (const member of Object.keys(ID_MEMBERS) as IdMember[]) {
        server.received.length = 0
        const status = await erase(server, { [member]: id })
        checked.checks += 1
        checked.findings.push(...deletionFindings(member, id, status, server))
      }
    }
  } finally {
    await server.close()
  }
  return checked
}

/** Deletes; gives the status of the error, or 204 if there is none. */
async function erase({ origin }: RecordingServer, ids: object): Promise<number | undefined> {
  const call = { type: 'delete', ...ids } as unknown as SegmentEvent
  try {
    await new Destination(withBaseUrl(destination, origin)).onDelete?.(call, { tokenId: TOKEN })
    return 204
  } catch (error) {
    return (error as { status?: number }).status
  }
}

function deletionFindings(
  member: IdMember,
  id: string,
  status: number | undefined,
  { received }: RecordingServer
): string[] {
  const requests = received.map(({ method, path, body }) => `${method} ${path} ${body}`)
  const right = isNoId(id)
    ? { status: 400, requests: [] }
    : { status: 204, requests: [`POST /v1/erasures ${JSON.stringify({ [ID_MEMBERS[member]]: id.trim() })}`] }
  return isEqual({ status, requests }, right)
    ? []
    : [`The deletion of the ${member} ${JSON.stringify(id)} got ${status}, and sent ${requests.join() || 'nothing'}.`]
}

const isNoId = (id: string) =>
  id.trim() === '' || PLACEHOLDER_IDS.some((placeholder) => placeholder.toLowerCase() === id.trim().toLowerCase())

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

import { Destination, type SegmentEvent } from '@segment/actions-core'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { canary, canariesIn, PLANTED, TOKEN } from './canaries'
import type { Checked } from './deliveries'
import { acceptAll, startRecorder, type Recorder } from './servers'

/** Ids that would lead somewhere else if they were written into an address as they are. */
export const NASTY_IDS = [
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
  '//elsewhere.example/',
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
  '@elsewhere.example',
  'https://elsewhere.example/',
  'a b',
  'a+b',
  '\r\nHost: elsewhere.example',
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

/** Deletes by each id, and looks at where the requests arrive. */
export async function checkDeletions(ids: string[] = NASTY_IDS): Promise<Checked> {
  const recorder = await startRecorder(acceptAll)
  const checked: Checked = { checks: 0, findings: [] }
  try {
    for (const id of ids) {
      for (const [kind, said] of [
        ['users', { userId: id }],
        ['visitors', { anonymousId: id }]
      ] as const) {
        recorder.received.length = 0
        const refused = await erase(recorder, said)
        checked.checks += 1
        checked.findings.push(...deletionFaults(kind, id, refused, recorder))
      }
    }
  } finally {
    await recorder.close()
  }
  return checked
}

/** Deletes; tells the status that the destination refuses with, if it does. */
async function erase({ origin }: Recorder, ids: object): Promise<number | undefined> {
  const call = { type: 'delete', ...ids } as unknown as SegmentEvent
  try {
    await new Destination(withBaseUrl(destination, origin)).onDelete?.(call, { tokenId: TOKEN })
    return undefined
  } catch (error) {
    return (error as { status?: number }).status ?? NaN
  }
}

function deletionFaults(kind: string, id: string, refused: number | undefined, { received }: Recorder): string[] {
  const says = (what: string) => [`The deletion of ${JSON.stringify(id)} of ${kind} ${what}.`]
  const paths = received.map(({ method, path }) => `${method} ${path}`)
  if (refused !== undefined) {
    return refused === 400 && paths.length === 0 ? [] : says(`was refused with ${refused}, and reached ${paths.join()}`)
  }
  const [, name] = new RegExp(`^DELETE /v1/${kind}/([^/?#]+)$`).exec(paths[0] ?? '') ?? []
  const isRight = paths.length === 1 && name !== undefined && decodeURIComponent(name) === id
  return isRight ? [] : says(`reached ${paths.join() || 'nobody'}`)
}

const REDIRECTS = [300, 301, 302, 303, 307, 308]

/** Is redirected by everything that it asks, and looks at what arrives elsewhere. */
export async function checkRedirects(): Promise<Checked> {
  const elsewhere = await startRecorder(acceptAll)
  const checked: Checked = { checks: 0, findings: [] }
  try {
    for (const status of REDIRECTS) {
      const recorder = await startRecorder(({ path }, response) => {
        response.writeHead(status, { location: `${elsewhere.origin}${path}` }).end()
      })
      try {
        checked.checks += 4
        await askForAll(recorder)
        if (recorder.received.length !== 4) checked.findings.push(`${status}: not every request was made.`)
      } finally {
        await recorder.close()
      }
    }
    checked.findings.push(
      ...elsewhere.received.map(({ method, path, authorization = 'none' }) => {
        const held = canariesIn(`${authorization} ${path}`).join(' ')
        return `A redirect was followed: ${method} with ${held || 'nothing that is secret'}.`
      })
    )
  } finally {
    await elsewhere.close()
  }
  return checked
}

/** Asks for everything that the destination ever asks for: each fails, as no answer is one. */
async function askForAll({ origin }: Recorder): Promise<void> {
  const tractionboard = new Destination(withBaseUrl(destination, origin))
  const { preset, call } = PLANTED.event
  const settings = { tokenId: TOKEN, subscription: subscriptionOf(destination, preset) }
  const deletion = { type: 'delete', userId: canary('user') } as unknown as SegmentEvent
  await Promise.allSettled([
    tractionboard.onEvent(structuredClone(call), settings),
    tractionboard.onBatch([structuredClone(call)], settings),
    tractionboard.testAuthentication({ tokenId: TOKEN }),
    tractionboard.onDelete?.(deletion, { tokenId: TOKEN })
  ])
}

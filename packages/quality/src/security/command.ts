import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SegmentEvent } from '@segment/actions-core'
import { testFolder } from '@tractionboard/testing/test-folder'
import { program } from '../../../cli/src/program'
import { startSandbox, type Faults } from '@tractionboard/sandbox'
import { canariesIn, canary, CANARY_CALLS, INVALID_CALLS, TOKEN, visible } from './canaries'
import { capturedOutput } from './captured-output'
import type { Checked } from './deliveries'

/** A replay, and the message that it must print. */
interface Replay {
  name: string
  token?: string
  faults?: Faults
  isUnreachable?: boolean
  prints: RegExp
}

const REPLAYS: Replay[] = [
  { name: 'no faults', prints: /Rejected[^]*message message-\d/ },
  { name: 'an unknown token', token: `${TOKEN}-other`, prints: /Token ID/ },
  { name: 'a token that is invalid in a header', token: `${TOKEN}é`, prints: /Token ID/ },
  { name: 'an unreachable server', isUnreachable: true, prints: /ECONNREFUSED/ },
  {
    name: 'an unreadable response',
    faults: { script: ['ok', 'garbage', 'wrong_id', 'omit'] },
    prints: /accepted/
  },
  { name: 'a failing server', faults: { script: ['ok', 'server_error', 'too_many_requests'] }, prints: /accepted/ },
  { name: 'a dropped connection', faults: { script: ['ok', 'drop_after_commit'] }, prints: /duplicates/ },
  {
    name: 'a token that is rejected later',
    faults: { script: ['ok', ...Array<'forbidden'>(40).fill('forbidden')] },
    prints: /Token ID/
  }
]

/** Replays an archive of canaries with the command, and searches all that it and the sandbox print. */
export async function checkCommand(): Promise<Checked> {
  const checked: Checked = { checks: 0, findings: [] }
  const folder = testFolder()
  try {
    const file = folder.write('calls.json', archive().join('\n'))
    for (const replay of REPLAYS) await check(checked, replay, file)
  } finally {
    folder.remove()
  }
  return checked
}

async function check(checked: Checked, { name, token = TOKEN, faults, isUnreachable, prints }: Replay, file: string) {
  const sandbox = await startSandbox({ token: TOKEN, faults, quiet: false })
  if (isUnreachable) await sandbox.close()
  const args = [
    'node',
    'tractionboard',
    'replay',
    file,
    '--token',
    token,
    '--api-url',
    sandbox.origin,
    '--give-up-after',
    '1s'
  ]
  let error: unknown
  const printed = await capturedOutput(() =>
    program()
      .parseAsync(args)
      .catch((thrown: unknown) => (error = thrown))
  )
  await sandbox.close()
  const all = [printed, error === undefined ? '' : visible(error), JSON.stringify(sandbox.journal())].join('\n')
  checked.checks += 2
  const found = canariesIn(all)
  if (found.length > 0) checked.findings.push(`A replay (${name}) shows ${found.slice(0, 5).join(' ')}.`)
  if (!prints.test(all)) checked.findings.push(`A replay (${name}) does not print ${String(prints)}.`)
}

/**
 * The lines of an archive: all canary calls, and malformed lines. Their campaigns have no canaries, because the dashboard
 * at the end of a replay shows campaigns on purpose.
 */
function archive(): string[] {
  const calls = [...Object.values(CANARY_CALLS), ...INVALID_CALLS].map(({ call }) =>
    JSON.stringify(withoutCampaign(call))
  )
  return [...calls, calls[0].slice(0, -20), canary('line'), `["${canary('list')}"]`, `{"event":"${canary('no-type')}"}`]
}

const withoutCampaign = (call: SegmentEvent): object => ({
  ...call,
  ...(typeof call.context === 'object' && { context: { ...call.context, campaign: { content: canary('content') } } })
})

const RECORDINGS = resolve(__dirname, '../../../../packages/destination/src/__tests__/recordings')

/** Searches the recordings of the destination's tests for tokens. */
export function checkRecordings(): Checked {
  const files = readdirSync(RECORDINGS)
  const isLeaky = (file: string) =>
    /authorization|bearer|cookie|token_|_token|reqheaders/i.test(
      // The path of the token test is not a token.
      readFileSync(join(RECORDINGS, file), 'utf8').replaceAll('/v1/token', '')
    )
  return {
    checks: files.length,
    findings: files.filter(isLeaky).map((file) => `The recording ${file} contains a token.`)
  }
}

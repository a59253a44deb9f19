import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SegmentEvent } from '@segment/actions-core'
import { testFolder } from '@tractionboard/testing/test-folder'
import { program } from '../../../cli/src/program'
import { startSandbox, type Faults } from '@tractionboard/sandbox'
import { canariesIn, canary, PLANTED, SPOILT_CALLS, TOKEN, visible } from './canaries'
import { printedBy } from './capture'
import type { Checked } from './deliveries'

/** A replay: what is different about it, and what it must say for a person to know what happened. */
interface Replay {
  name: string
  token?: string
  faults?: Faults
  isNobodyThere?: boolean
  says: RegExp
}

const REPLAYS: Replay[] = [
  { name: 'all is well', says: /Rejected[^]*message message-\d/ },
  { name: 'a token that is not known', token: `${TOKEN}-other`, says: /Token ID/ },
  { name: 'a token that no header may have', token: `${TOKEN}é`, says: /Token ID/ },
  { name: 'nobody there', isNobodyThere: true, says: /ECONNREFUSED/ },
  {
    name: 'an answer that cannot be read',
    faults: { script: ['ok', 'garbage', 'wrong_id', 'omit'] },
    says: /accepted/
  },
  { name: 'a server that fails', faults: { script: ['ok', 'server_error', 'too_many_requests'] }, says: /accepted/ },
  { name: 'a connection that is dropped', faults: { script: ['ok', 'drop_after_commit'] }, says: /duplicates/ },
  {
    name: 'a token that is refused on the way',
    faults: { script: ['ok', ...Array<'forbidden'>(40).fill('forbidden')] },
    says: /Token ID/
  }
]

/** Replays an archive full of canaries with the command, and looks at all that it and the sandbox print. */
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

async function check(checked: Checked, { name, token = TOKEN, faults, isNobodyThere, says }: Replay, file: string) {
  const sandbox = await startSandbox({ token: TOKEN, faults, quiet: false })
  if (isNobodyThere) await sandbox.close()
  const args = ['node', 'tractionboard', 'replay', file, '--token', token, '--api-url', sandbox.origin]
  let error: unknown
  const printed = await printedBy(() =>
    program()
      .parseAsync(args)
      .catch((thrown: unknown) => (error = thrown))
  )
  await sandbox.close()
  const all = [printed, error === undefined ? '' : visible(error), JSON.stringify(sandbox.journal())].join('\n')
  checked.checks += 2
  const found = canariesIn(all)
  if (found.length > 0) checked.findings.push(`A replay (${name}) shows ${found.slice(0, 5).join(' ')}.`)
  if (!says.test(all)) checked.findings.push(`A replay (${name}) does not say ${String(says)}.`)
}

/**
 * The lines of an archive: every planted call, and lines that are no calls. The dashboard, which follows a replay into a
 * sandbox, shows campaigns on purpose; so they are not planted here.
 */
function archive(): string[] {
  const calls = [...Object.values(PLANTED), ...SPOILT_CALLS].map(({ call }) => JSON.stringify(withoutCampaign(call)))
  return [...calls, calls[0].slice(0, -20), canary('line'), `["${canary('list')}"]`, `{"event":"${canary('no-type')}"}`]
}

const withoutCampaign = (call: SegmentEvent): object => ({
  ...call,
  ...(typeof call.context === 'object' && { context: { ...call.context, campaign: { content: canary('content') } } })
})

const RECORDINGS = resolve(__dirname, '../../../../packages/destination/src/__tests__/recordings')

/** Looks for tokens in the recordings that the tests of the destination replay. */
export function checkRecordings(): Checked {
  const files = readdirSync(RECORDINGS)
  const isLeaky = (file: string) =>
    /authorization|bearer|cookie|token_|_token|reqheaders/i.test(
      // The address of the test of the token is no token.
      readFileSync(join(RECORDINGS, file), 'utf8').replaceAll('/v1/token', '')
    )
  return { checks: files.length, findings: files.filter(isLeaky).map((file) => `The recording ${file} has a token.`) }
}

/**
 * Fuzz: whatever is sent to the sandbox, it responds as the contract says, and accepts each valid event exactly once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { EVENT_KINDS } from './events'
import { ask, closeConnections, counts } from './http'
import type { Kind } from './kind'
import { LIMIT_KINDS } from './limits'
import { REQUEST_KINDS } from './requests'
import { SOCKET_KINDS } from './sockets'
import { startTarget, type Target } from './target'
import { MALFORMED_BODY_KINDS } from './malformed-bodies'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'

const KINDS = [...EVENT_KINDS, ...MALFORMED_BODY_KINDS, ...REQUEST_KINDS, ...LIMIT_KINDS, ...SOCKET_KINDS]

/** The sandbox is reset after each round, so that it does not grow without end. */
const ROUNDS = 20

/** The most characters of a failure that are printed. */
const MAX_FAILURE_LENGTH = 5000

const casesOf = ({ share }: Kind, cases: number) => Math.ceil((cases * share) / 1000 / ROUNDS)

async function round(target: Target, cases: number, seed: number): Promise<void> {
  for (const [index, { name, values, run, ...kind }] of KINDS.entries()) {
    const property = fc.asyncProperty(values, async (value) => {
      await target.revive()
      const wrong = await run(target, value).catch(async (error: Error) => {
        // The exit of a process is noticed later than the end of its connections.
        await sleep(200)
        return [error.message]
      })
      const all = [...wrong, ...target.failures()]
      if (all.length > 0) throw new Error(`${name}:\n${all.join('\n').slice(0, MAX_FAILURE_LENGTH)}`)
    })
    await fc.assert(property, { numRuns: casesOf({ name, values, run, ...kind }, cases), seed: seed * 1000 + index })
  }
  await readAndReset(target)
}

/** Reads all that the sandbox shows, and resets it. */
async function readAndReset(target: Target): Promise<void> {
  for (const [method, path, status] of [
    ['GET', '/sandbox/dashboard', 200],
    ['GET', '/sandbox/users?limit=1000', 200],
    ['GET', '/sandbox/journal', 200],
    ['GET', '/sandbox/health', 200],
    ['POST', '/sandbox/reset', 204]
  ] as const) {
    const reply = await ask(target, { method, path })
    if (reply.status !== status) throw new Error(`${method} ${path} got ${reply.status}: ${reply.text}`)
  }
}

async function main(): Promise<void> {
  const { cases, seed } = integerOptions({ cases: 16_000, seed: 20260302 })
  const target = await startTarget()
  try {
    for (let number = 0; number < ROUNDS; number++) {
      await round(target, cases, seed + number)
      console.log(`round ${number + 1} of ${ROUNDS}: ${formatCount(counts.requests)} requests`)
    }
    const failures = target.failures()
    if (failures.length > 0) throw new Error(failures.join('\n'))
  } catch (error) {
    const { message, cause } = error as Error
    console.error([message, (cause as Error | undefined)?.message].filter(Boolean).join('\n'))
    console.error(`Repeat with: npm run quality:fuzz -- --cases ${cases} --seed ${seed}`)
    process.exitCode = 1
  } finally {
    closeConnections()
    await target.close()
  }
  if (process.exitCode === undefined) await write(cases, seed)
}

const write = (cases: number, seed: number): Promise<void> =>
  writeFigures({
    id: 'fuzz',
    title: 'Anything over HTTP',
    command: 'npm run quality:fuzz',
    seed,
    text: [
      `${formatCount(KINDS.reduce((sum, kind) => sum + ROUNDS * casesOf(kind, cases), 0))} cases with ${formatCount(counts.requests)} requests over real HTTP to a sandbox in a process of its own, drawn from the contract's schemas and mutated. No response was a 5xx, none was missing or late, the process wrote nothing to standard error, and its health check passed at the end. Every response was validated against the contract: its status, its content type and its body; one result for each event, and counts that add up. Every valid event was accepted, and a duplicate the second time, whatever the order and the encoding; no invalid event was accepted.`,
      'The parser of Node responds to requests that are not HTTP, or closes the connection: there is no body that the contract could describe.'
    ],
    tables: [
      { head: ['kind', 'cases'], rows: KINDS.map((kind) => [kind.name, formatCount(ROUNDS * casesOf(kind, cases))]) },
      {
        caption: 'The responses, by status. `none` is an aborted upload, or a request that is not HTTP.',
        head: ['status', 'responses'],
        rows: [...counts.statuses]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([status, responses]) => [`\`${status}\``, formatCount(responses)])
      }
    ]
  })

void main()

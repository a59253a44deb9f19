/**
 * Fuzz: whatever is sent to the sandbox, it answers, as the contract allows, and takes what is valid exactly once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { EVENT_KINDS } from './events'
import { ask, closeConnections, seen } from './http'
import type { Kind } from './kind'
import { LARGE_KINDS } from './large'
import { REQUEST_KINDS } from './requests'
import { SOCKET_KINDS } from './sockets'
import { startTarget, type Target } from './target'
import { TEXT_KINDS } from './texts'
import { counted, numbers, record } from '../shared/figures'

const KINDS = [...EVENT_KINDS, ...TEXT_KINDS, ...REQUEST_KINDS, ...LARGE_KINDS, ...SOCKET_KINDS]

/** After each round the numbers are read and everything is forgotten, so that the sandbox does not grow without end. */
const ROUNDS = 20

/** More of an explanation than this is no help. */
const MOST_TEXT = 5000

const casesOf = ({ share }: Kind, cases: number) => Math.ceil((cases * share) / 1000 / ROUNDS)

async function round(target: Target, cases: number, seed: number): Promise<void> {
  for (const [index, { name, values, run, ...kind }] of KINDS.entries()) {
    const property = fc.asyncProperty(values, async (value) => {
      await target.revive()
      const wrong = await run(target, value).catch(async (error: Error) => {
        // The end of a process is seen a little later than that of its connections.
        await sleep(200)
        return [error.message]
      })
      const all = [...wrong, ...target.faults()]
      if (all.length > 0) throw new Error(`${name}:\n${all.join('\n').slice(0, MOST_TEXT)}`)
    })
    await fc.assert(property, { numRuns: casesOf({ name, values, run, ...kind }, cases), seed: seed * 1000 + index })
  }
  await read(target)
}

/** Reads all that can be read, and forgets it. */
async function read(target: Target): Promise<void> {
  for (const [method, path, status] of [
    ['GET', '/sandbox/dashboard', 200],
    ['GET', '/sandbox/users?limit=1000', 200],
    ['GET', '/sandbox/journal', 200],
    ['GET', '/sandbox/health', 200],
    ['POST', '/sandbox/reset', 204]
  ] as const) {
    const reply = await ask(target, { method, path })
    if (reply.status !== status) throw new Error(`${method} ${path} was answered with ${reply.status}: ${reply.text}`)
  }
}

async function main(): Promise<void> {
  const { cases, seed } = numbers({ cases: 16_000, seed: 20260302 })
  const target = await startTarget()
  try {
    for (let number = 0; number < ROUNDS; number++) {
      await round(target, cases, seed + number)
      console.log(`round ${number + 1} of ${ROUNDS}: ${counted(seen.requests)} requests`)
    }
    const faults = target.faults()
    if (faults.length > 0) throw new Error(faults.join('\n'))
  } catch (error) {
    const { message, cause } = error as Error
    console.error([message, (cause as Error | undefined)?.message].filter(Boolean).join('\n'))
    console.error(`Again: npm run quality:fuzz -- --cases ${cases} --seed ${seed}`)
    process.exitCode = 1
  } finally {
    closeConnections()
    await target.close()
  }
  if (process.exitCode === undefined) await write(cases, seed)
}

const write = (cases: number, seed: number): Promise<void> =>
  record({
    id: 'fuzz',
    title: 'Anything over HTTP',
    command: 'npm run quality:fuzz',
    seed,
    text: [
      `${counted(KINDS.reduce((sum, kind) => sum + ROUNDS * casesOf(kind, cases), 0))} cases with ${counted(seen.requests)} requests over real HTTP to a sandbox in a process of its own, drawn from the contract's schemas and mutated. No answer was a 5xx, none was missing or late, the process wrote nothing to standard error, and its health check answered at the end. Every answer was held against the contract: its status, its content type and its body; one result for each event, and counts that add up. Every valid event was accepted, and a duplicate the second time, whatever the order and the encoding; no invalid event was taken.`,
      'Requests that are not HTTP are answered by the parser of Node, or it hangs up: there is no body that the contract could describe.'
    ],
    tables: [
      { head: ['kind', 'cases'], rows: KINDS.map((kind) => [kind.name, counted(ROUNDS * casesOf(kind, cases))]) },
      {
        caption: 'The answers, by status. `none` is an upload that was aborted, or a request that is not HTTP.',
        head: ['status', 'answers'],
        rows: [...seen.statuses]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([status, answers]) => [`\`${status}\``, counted(answers)])
      }
    ]
  })

void main()

/**
 * Total accounting: whatever the server responds, every event gets exactly one verdict, and none is a success or is
 * discarded unless the server says so of that event.
 */
import fc from 'fast-check'
import { accountOf, cases, isValid } from './cases'
import type { Case } from './cases'
import { outcomeOfStatus, expectedOutcomes } from './oracle'
import type { ExpectedOutcome } from './oracle'
import { misbehavingConnections } from './connections'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'

type Verdicts = Record<ExpectedOutcome | 'invalid', number>

interface Count {
  requests: number
  verdicts: Verdicts
}

async function account(of: Case, isAlone: boolean, count: Count): Promise<void> {
  const kinds = isAlone ? of.calls.slice(0, 1) : of.calls
  const { statuses, exchanges } = await accountOf(of, isAlone)
  if (statuses.length !== kinds.length) throw new Error(`${statuses.length} verdicts on ${kinds.length} calls`)
  const expected = expectedOutcomes(exchanges, kinds.filter(isValid).length).values()
  for (const [index, kind] of kinds.entries()) {
    const outcome = isValid(kind) ? (expected.next().value as ExpectedOutcome) : 'discarded'
    if (outcomeOfStatus(statuses[index]) !== outcome) {
      throw new Error(
        `Call ${index} must be ${outcome} and has the status ${statuses[index]}: ${JSON.stringify(exchanges)}`
      )
    }
    count.verdicts[isValid(kind) ? outcome : 'invalid'] += 1
  }
  count.requests += exchanges.length
}

async function checkResponses(batches: number, seed: number): Promise<Count> {
  const count: Count = {
    requests: 0,
    verdicts: { success: 0, discarded: 0, authentication: 0, retried: 0, invalid: 0 }
  }
  const property = fc.asyncProperty(cases, async (of) => {
    await account(of, false, count)
    await account(of, true, count)
  })
  await fc.assert(property, { numRuns: batches, seed })
  return count
}

async function main(): Promise<void> {
  const { cases, transports, seed } = integerOptions({ cases: 100_000, transports: 400, seed: 20260302 })
  const { requests, verdicts } = await checkResponses(cases, seed)
  console.log(requests, verdicts)
  const behaviors = await misbehavingConnections(transports, seed)
  const events = Object.values(verdicts).reduce((sum, verdict) => sum + verdict, 0)
  await writeFigures({
    id: 'accounting',
    title: 'Total accounting',
    command: 'npm run quality:accounting',
    seed,
    text: [
      `${formatCount(cases)} arbitrary batches, each also with its first call alone, met ${formatCount(requests)} arbitrary responses: results permuted, missing, repeated, contradictory, extra, of wrong types, with other indexes and ids; texts truncated, HTML or empty; all kinds of statuses; broken connections. Each of the ${formatCount(events)} events got exactly one verdict, the one of an oracle that shares no code with the destination: success only if a single result of a response with status 200, 207 or 422 has the event's index and id and the status \`accepted\` or \`duplicate\`; discarded only if the server rejects this event or this request.`,
      `Over real connections on loopback, ${formatCount(transports)} batches were sent to a server that misbehaves below HTTP. Redirects were never followed.`
    ],
    tables: [
      {
        head: ['verdict', 'events'],
        rows: [
          ['delivered', formatCount(verdicts.success)],
          ['discarded because the server rejects it', formatCount(verdicts.discarded)],
          ['discarded because it is invalid', formatCount(verdicts.invalid)],
          ['Token ID rejected', formatCount(verdicts.authentication)],
          ['retried', formatCount(verdicts.retried)]
        ]
      },
      {
        caption: 'Connections that misbehave:',
        head: ['the server', 'every event is', 'batches'],
        rows: behaviors.map(({ description, outcome, batches }) => [description, outcome, formatCount(batches)])
      }
    ]
  })
}

void main()

/**
 * Total accounting: whatever the server answers, every event gets exactly one verdict, and it is the one that the
 * server's words allow: none is called a success, and none is discarded, unless the server says so of that event.
 */
import fc from 'fast-check'
import { accountOf, cases } from './cases'
import type { Case } from './cases'
import { fateOfStatus, fatesOf } from './oracle'
import type { Fate } from './oracle'
import { transport } from './transport'
import { counted, numbers, record } from '../shared/figures'

type Verdicts = Record<Fate | 'unsendable', number>

interface Count {
  requests: number
  verdicts: Verdicts
}

async function account(of: Case, isAlone: boolean, count: Count): Promise<void> {
  const kinds = isAlone ? of.calls.slice(0, 1) : of.calls
  const { statuses, exchanges } = await accountOf(of, isAlone)
  if (statuses.length !== kinds.length) throw new Error(`${statuses.length} verdicts on ${kinds.length} calls`)
  const expected = fatesOf(exchanges, kinds.filter((kind) => kind === 'good').length).values()
  for (const [index, kind] of kinds.entries()) {
    const fate = kind === 'good' ? (expected.next().value as Fate) : 'discarded'
    if (fateOfStatus(statuses[index]) !== fate) {
      throw new Error(`Call ${index} is ${fate}, and told ${statuses[index]}: ${JSON.stringify(exchanges)}`)
    }
    count.verdicts[kind === 'good' ? fate : 'unsendable'] += 1
  }
  count.requests += exchanges.length
}

async function answers(cases_: number, seed: number): Promise<Count> {
  const count: Count = {
    requests: 0,
    verdicts: { success: 0, discarded: 0, authentication: 0, retried: 0, unsendable: 0 }
  }
  const property = fc.asyncProperty(cases, async (of) => {
    await account(of, false, count)
    await account(of, true, count)
  })
  await fc.assert(property, { numRuns: cases_, seed })
  return count
}

async function main(): Promise<void> {
  const { cases, transports, seed } = numbers({ cases: 100_000, transports: 400, seed: 20260302 })
  const { requests, verdicts } = await answers(cases, seed)
  console.log(requests, verdicts)
  const behaviours = await transport(transports, seed)
  const events = Object.values(verdicts).reduce((sum, verdict) => sum + verdict, 0)
  await record({
    id: 'accounting',
    title: 'Total accounting',
    command: 'npm run quality:accounting',
    seed,
    text: [
      `${counted(cases)} arbitrary batches, each also with its first call alone, met ${counted(requests)} arbitrary answers: results permuted, missing, repeated, contradicting each other, extra, of wrong types, with other indexes and ids, texts cut off, HTML, empty, every sort of status, connections that break. Every one of the ${counted(events)} events had exactly one verdict, and it was the one of an oracle that shares no code with the destination: success only if a single result of an answer with status 200, 207 or 422 names the event by index and id and says \`accepted\` or \`duplicate\`; discarded only if the server says so of this event or this request.`,
      `Over real connections on loopback, ${counted(transports)} batches met a server that misbehaves below HTTP. Redirects were never followed.`
    ],
    tables: [
      {
        head: ['verdict', 'events'],
        rows: [
          ['delivered', counted(verdicts.success)],
          ['discarded by word of the server', counted(verdicts.discarded)],
          ['discarded because it cannot be sent', counted(verdicts.unsendable)],
          ['Token ID refused', counted(verdicts.authentication)],
          ['to be sent again', counted(verdicts.retried)]
        ]
      },
      {
        caption: 'Connections that misbehave:',
        head: ['the server', 'every event is', 'batches'],
        rows: behaviours.map(({ what, fate, batches }) => [what, fate, counted(batches)])
      }
    ]
  })
}

void main()

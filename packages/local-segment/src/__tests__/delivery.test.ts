import {
  type DestinationDefinition,
  type JSONLikeObject,
  MultiStatusResponse,
  RetryableError
} from '@segment/actions-core'
import { testFolder } from '@tractionboard/testing/test-folder'
import type { Clock } from '../delivery/clock'
import { replay, type Progress, type ReplayOptions } from '../replay'

const folder = testFolder()
afterAll(() => folder.remove())

/** What a stand-in server answers to the calls with these ids. A thrown error stands for a failed request. */
type Answer = (ids: string[], attempt: number) => unknown

interface Outcome {
  status: number
  body?: object
  errormessage?: string
}

const ACCEPTED: Outcome = { status: 200, body: {} }
const DUPLICATE: Outcome = { status: 200, body: { status: 'duplicate' } }
const FAILED: Outcome = { status: 503, errormessage: 'It is down' }

/** A definition whose server is a function, and the ids of each attempt. `singles` leaves out the batches. */
function serverOf(answer: Answer, { singles = false, batchSize = 1000 } = {}) {
  const attempts: string[][] = []
  const receive = async (ids: string[]) => {
    attempts.push(ids)
    return (await answer(ids, attempts.length)) as Outcome[] | undefined
  }
  const definition: DestinationDefinition<object> = {
    name: 'Stand-in',
    mode: 'cloud',
    actions: {
      keep: {
        title: 'Keep',
        description: 'Keeps ids.',
        fields: { id: { label: 'ID', description: 'An id.', type: 'string' } },
        perform: async (_, { payload }) => {
          await receive([(payload as { id: string }).id])
        },
        performBatch: singles
          ? undefined
          : async (_, { payload }) => {
              const outcomes = await receive((payload as { id: string }[]).map(({ id }) => id))
              return outcomes && multiStatus(outcomes)
            }
      }
    },
    presets: [
      {
        name: 'All',
        type: 'automatic',
        partnerAction: 'keep',
        subscribe: 'type = "track"',
        mapping: { id: { '@path': '$.messageId' }, batch_size: batchSize }
      }
    ]
  }
  return { definition, attempts }
}

/** As a batch's own answer: actions-core takes an object of this class for the outcomes of the calls, in their order. */
function multiStatus(outcomes: Outcome[]) {
  const response = new MultiStatusResponse()
  for (const { status, body = {}, errormessage = '' } of outcomes) {
    if (status < 400) response.pushSuccessResponse({ status, body: body as JSONLikeObject, sent: {} })
    else response.pushErrorResponse({ status, errormessage })
  }
  return response
}

/** A clock whose waits pass at once, and how long they were. */
function fakeClock(): Clock & { waits: number[] } {
  let time = 0
  const waits: number[] = []
  return {
    waits,
    // Time passes, so that what comes later is later.
    now: () => (time += 0.001),
    random: () => 1,
    sleep(ms, signal) {
      signal.throwIfAborted()
      waits.push(ms)
      time += ms
      return Promise.resolve()
    }
  }
}

const noticing = (notices: string[]): Progress => ({
  start: () => {},
  advance: () => {},
  notice: (text) => void notices.push(text),
  stop: () => {}
})

const archive = (ids: string[]) =>
  folder.write('calls.json', ids.map((messageId) => JSON.stringify({ type: 'track', messageId })).join('\n'))

const RETRY = { attempts: 3, minTimeoutMs: 100, maxTimeoutMs: 1000, giveUpAfterMs: 60_000 }

function run(answer: Answer, ids: string[], options: ReplayOptions & Parameters<typeof serverOf>[1] = {}) {
  const { definition, attempts } = serverOf(answer, options)
  const notices: string[] = []
  const clock = fakeClock()
  const report = replay(definition, {}, [archive(ids)], noticing(notices), { retry: RETRY, clock, ...options })
  return report.then((result) => ({ report: result, attempts, notices, waits: clock.waits }))
}

const all = (outcome: Outcome) => (ids: string[]) => ids.map(() => outcome)

describe('delivery', () => {
  it('sends again only those calls of a batch that may be accepted later', async () => {
    const answer: Answer = (ids, attempt) => ids.map((id) => (id === 'b' && attempt === 1 ? FAILED : ACCEPTED))
    const { report, attempts } = await run(answer, ['a', 'b', 'c'])
    expect(attempts).toEqual([['a', 'b', 'c'], ['b']])
    expect(report).toMatchObject({ read: 3, accepted: 3, rejected: 0 })
  })

  it('sends a batch again as a whole when its request failed', async () => {
    const answer: Answer = (ids, attempt) => {
      if (attempt === 1) throw new RetryableError('Not now')
      return ids.map(() => ACCEPTED)
    }
    const { report, attempts } = await run(answer, ['a', 'b', 'c', 'd'])
    expect(attempts).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c', 'd']
    ])
    expect(report).toMatchObject({ accepted: 4, rejected: 0 })
  })

  it('sends calls one by one to an action that takes no batches', async () => {
    const { report, attempts } = await run(() => undefined, ['a', 'b'], { singles: true })
    expect(attempts).toEqual([['a'], ['b']])
    expect(report).toMatchObject({ read: 2, accepted: 2 })
  })

  it('doubles what it waits at most, and gives a call up when its attempts are used up', async () => {
    const answer: Answer = (ids) => ids.map((id) => (id === 'bad' ? FAILED : ACCEPTED))
    const { report, waits } = await run(answer, ['a', 'bad'])
    expect(waits).toEqual([100, 200])
    expect(report.rejections).toMatchObject([{ reason: 'It is down', retriesExhausted: true, count: 1 }])
    expect(report).toMatchObject({ accepted: 1, rejected: 1 })
  })

  it('counts a duplicate as accepted if it may be its own earlier attempt', async () => {
    const answer: Answer = (ids, attempt) => {
      if (attempt === 1) throw new RetryableError('The answer was lost')
      return ids.map((id) => (id === 'a' ? DUPLICATE : ACCEPTED))
    }
    const { report } = await run(answer, ['a', 'b'])
    expect(report).toMatchObject({ accepted: 2, duplicates: 0 })
  })

  it('counts a repeated call as a duplicate, although the answer to it got lost', async () => {
    const answers = [[ACCEPTED, ACCEPTED], [FAILED], [DUPLICATE]]
    const { report } = await run((_, attempt) => answers[attempt - 1], ['a', 'b', 'a'], { batchSize: 2 })
    expect(report).toMatchObject({ accepted: 2, duplicates: 1 })
  })

  it('counts a duplicate as one if nothing was sent before', async () => {
    const { report } = await run(all(DUPLICATE), ['a', 'b'])
    expect(report).toMatchObject({ accepted: 0, duplicates: 2 })
  })

  it('never sends two calls with one id at the same time, and the first of them first', async () => {
    const inFlight = new Set<string>()
    const overlaps: string[] = []
    const answer: Answer = async (ids) => {
      overlaps.push(...ids.filter((id) => inFlight.has(id)))
      for (const id of ids) inFlight.add(id)
      await new Promise((resolve) => setTimeout(resolve, 5))
      for (const id of ids) inFlight.delete(id)
      return ids.map(() => ACCEPTED)
    }
    const ids = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 'same' : `m-${index}`))
    const { attempts } = await run(answer, ids, { batchSize: 4, concurrency: 4 })
    expect(overlaps).toEqual([])
    expect(attempts.flat().filter((id) => id === 'same')).toHaveLength(10)
  })

  it('has as many batches on their way as it may, and no more', async () => {
    let now = 0
    let most = 0
    const answer: Answer = async (ids) => {
      most = Math.max(most, (now += 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
      now -= 1
      return ids.map(() => ACCEPTED)
    }
    const ids = Array.from({ length: 100 }, (_, index) => `m-${index}`)
    await run(answer, ids, { batchSize: 5, concurrency: 3 })
    expect(most).toBe(3)
  })

  it('keeps to a rate', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `m-${index}`)
    const { attempts, waits } = await run(all(ACCEPTED), ids, { rate: 10 })
    expect(attempts.every((each) => each.length <= 10)).toBe(true)
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeCloseTo(4000, 0)
  })

  it('ends when the server answers nothing for too long, rejects nothing, and says once that it waits', async () => {
    const answer: Answer = () => {
      throw new RetryableError('Nobody is there')
    }
    const { report, notices } = await run(answer, ['a', 'b'])
    expect(report).toMatchObject({ read: 0, rejected: 0, stopped: { kind: 'unreachable' } })
    expect(report.stopped?.message).toBe('Nobody is there. Gave up after 1 minute.')
    expect(notices).toEqual(['Nobody is there. Retrying for up to 1 minute.'])
  })

  it.each([401, 403])('ends at once at the status %i, and rejects nothing', async (status) => {
    const { report, attempts } = await run(all({ status, errormessage: 'No such token' }), ['a', 'b'])
    expect(attempts).toHaveLength(1)
    expect(report).toMatchObject({ read: 0, rejected: 0, stopped: { kind: 'unauthorized', message: 'No such token' } })
  })

  it('finishes what is on its way when it is interrupted, and reads no more', async () => {
    const controller = new AbortController()
    const answer: Answer = (ids) => {
      controller.abort()
      return ids.map(() => ACCEPTED)
    }
    const ids = Array.from({ length: 50_000 }, (_, index) => `m-${index}`)
    const { report, attempts } = await run(answer, ids, { signal: controller.signal })
    const sent = attempts.flat().length
    expect(sent).toBeLessThan(50_000)
    expect(report).toMatchObject({ stopped: { kind: 'interrupted' }, accepted: sent, read: sent })
  })

  it('sends nothing in a dry run, and counts what would be sent', async () => {
    const { report } = await run(all(ACCEPTED), ['a', 'b'], { isDryRun: true })
    expect(report).toMatchObject({ read: 2, accepted: 2 })
  })
})

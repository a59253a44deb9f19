import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { errorMessage, LocalSegmentError } from '../errors'
import type { JobData, JobResult, QueuedReplay } from './types'

/** How long Redis may take to accept a connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000

const NAME = 'replay'
const PREFIX = 'tractionboard'
const REPLAY_KEY = `${PREFIX}:${NAME}-run`
const RATE_KEY = `${PREFIX}:${NAME}-rate`

/** How long it is known that a replay was delivered to its end, in seconds, so that workers that come late end, too. */
const KEEP_COMPLETE_SECONDS = 600

/** Takes its turn among all who share a rate: when the calls may be sent, in milliseconds from now. */
const RESERVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local start = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.3f', start + ARGV[1] / ARGV[2] * 1000), 'PX', 3600000)
return tostring(start - now)`

// Both are large, and a replay on one machine needs neither.
/* eslint-disable @typescript-eslint/no-require-imports */
export const loadBullMq = () => require('bullmq') as typeof import('bullmq')
const loadRedis = () => require('ioredis') as typeof import('ioredis')
/* eslint-enable @typescript-eslint/no-require-imports */

/** What a replay on many machines keeps in Redis. All of it may be lost: whoever fills the queue writes it again. */
export interface QueueStore {
  redis: Redis
  /** One job for each archive that is not delivered. */
  jobs: Queue<JobData, JobResult>
  /** The replay that the queue is of; undefined if there is none. */
  read(): Promise<QueuedReplay | undefined>
  write(replay: QueuedReplay): Promise<void>
  /** Removes all jobs. A queue that is paused stays so. */
  clear(): Promise<void>
  /** Takes a turn for so many calls, and gives the milliseconds to wait before they may be sent. */
  reserve(calls: number, rate: number): Promise<number>
  close: () => void
}

/** How the workers of a queue are made. */
export const queueOptions = (redis: Redis) => ({ connection: redis, prefix: PREFIX })

export const QUEUE_NAME = NAME

/**
 * Connects to Redis. A connection that breaks later is made again, for as long as it takes.
 *
 * @param url such as `redis://127.0.0.1:6379/0`, or `rediss://` for TLS.
 * @param notice is told in one sentence that the connection is broken.
 * @throws LocalSegmentError if Redis cannot be reached now.
 */
export async function openQueue(url: string, notice: (text: string) => void = () => {}): Promise<QueueStore> {
  const { Redis } = loadRedis()
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // It waits for so long even for a socket that was never open, and the process waits with it.
    disconnectTimeout: 100
  })
  let problem = ''
  const remember = (error: unknown) => (problem = errorMessage(error))
  redis.on('error', remember)
  try {
    await redis.connect()
    await redis.ping()
    // A database that does not exist is told of only here.
    if (problem) throw new Error(problem)
  } catch (error) {
    redis.disconnect()
    const reason = (problem || errorMessage(error)).replace(/\.$/, '')
    throw new LocalSegmentError(`The queue ${addressOf(url)} cannot be used: ${reason}.`)
  }
  redis.on('close', () => notice(`The connection to the queue ${addressOf(url)} is broken. Connecting again.`))
  const jobs = new (loadBullMq().Queue)<JobData, JobResult>(NAME, queueOptions(redis))
  jobs.on('error', remember)
  return {
    redis,
    jobs,
    async read() {
      const text = await redis.get(REPLAY_KEY)
      return text === null ? undefined : (JSON.parse(text) as QueuedReplay)
    },
    async write(replay) {
      const text = JSON.stringify(replay)
      if (replay.isComplete) await redis.set(REPLAY_KEY, text, 'EX', KEEP_COMPLETE_SECONDS)
      else await redis.set(REPLAY_KEY, text)
    },
    async clear() {
      const isPaused = await jobs.isPaused()
      await jobs.obliterate({ force: true })
      if (isPaused) await jobs.pause()
    },
    reserve: async (calls, rate) => Number(await redis.eval(RESERVE, 1, RATE_KEY, calls, rate)),
    close() {
      redis.removeAllListeners('close')
      redis.disconnect()
    }
  }
}

/** The address of a server, without its password. */
function addressOf(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

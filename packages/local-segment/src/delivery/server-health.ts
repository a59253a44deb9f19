import type { RetryOptions } from '../retry'
import type { Clock } from './clock'
import { Stop } from './stop'

/** How long after one notice there is another at the earliest, in milliseconds. */
const QUIET_MS = 60_000

/** From when on a wait that the server asks for is told, in milliseconds. */
const LONG_WAIT_MS = 5000

/** Knows since when the server has not answered, and ends the run when that is too long. */
export class ServerHealth {
  private answeredAt: number
  private toldAt = -Infinity

  /** @param notice is told once that the server does not answer, in one sentence. */
  constructor(
    private readonly clock: Clock,
    private readonly retry: RetryOptions,
    private readonly notice: (text: string) => void
  ) {
    this.answeredAt = clock.now()
  }

  /** The server has told what became of a call. */
  answered(): void {
    this.answeredAt = this.clock.now()
  }

  hasAnsweredSince(time: number): boolean {
    return this.answeredAt > time
  }

  /**
   * The server has told nothing.
   *
   * @param reason why, in one sentence.
   * @param delayMs when it is to be asked again.
   * @returns the same, or less, so that the run ends in time.
   * @throws Stop if it is too long since it answered.
   */
  failed(reason: string, delayMs: number): number {
    const left = this.answeredAt + this.retry.giveUpAfterMs - this.clock.now()
    if (left <= 0)
      throw new Stop('unreachable', `${sentence(reason)} Gave up after ${duration(this.retry.giveUpAfterMs)}.`)
    this.tell(`${sentence(reason)} Retrying for up to ${duration(this.retry.giveUpAfterMs)}.`)
    return Math.min(delayMs, left)
  }

  /**
   * The server asks to wait.
   *
   * @throws Stop if it asks for too long, or has asked again and again for too long.
   */
  mayWait(waitMs: number, reason: string): void {
    const sinceAnswer = this.clock.now() - this.answeredAt
    if (Math.max(waitMs, sinceAnswer) <= this.retry.giveUpAfterMs) {
      if (waitMs >= LONG_WAIT_MS) this.tell(`${sentence(reason)} Waiting ${duration(waitMs)}, as the server asks.`)
      return
    }
    const asks = `The server asks to wait ${duration(Math.max(waitMs, sinceAnswer))}`
    throw new Stop(
      'unreachable',
      `${sentence(reason)} ${asks}, which is more than ${duration(this.retry.giveUpAfterMs)}.`
    )
  }

  /** Tells of an outage once, and not of each of many short ones. */
  private tell(text: string): void {
    const now = this.clock.now()
    if (this.toldAt >= this.answeredAt || now - this.toldAt < QUIET_MS) return
    this.toldAt = now
    this.notice(text)
  }
}

const sentence = (reason: string) => (/[.!?]$/.test(reason) ? reason : `${reason}.`)

const UNITS = [
  { ms: 3_600_000, name: 'hour' },
  { ms: 60_000, name: 'minute' },
  { ms: 1000, name: 'second' }
]

/** A duration in words, such as `10 minutes`. */
export function duration(ms: number): string {
  const { ms: unit, name } = UNITS.find(({ ms: each }) => ms >= each && ms % each === 0) ?? UNITS[2]
  const count = Math.round(ms / unit)
  return `${count.toLocaleString('en-US')} ${name}${count === 1 ? '' : 's'}`
}

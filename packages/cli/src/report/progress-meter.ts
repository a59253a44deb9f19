import { formatNumber } from '../text'

const MIB = 1024 * 1024

/** Speeds are those of the latest so many milliseconds, so that a resumed or a slow start does not distort them. */
const WINDOW_MS = 15_000

interface Sample {
  at: number
  bytes: number
  calls: number
}

/** Knows how far a replay is, how fast, and when it will end. */
export class ProgressMeter {
  private readonly samples: Sample[] = []

  /**
   * @param totalBytes all that is to be read; 0 if that is not known.
   * @param now the time in milliseconds, which never goes back.
   */
  constructor(
    private readonly totalBytes: number,
    private readonly now: () => number = () => performance.now()
  ) {
    this.samples.push({ at: now(), bytes: 0, calls: 0 })
  }

  /** Takes how much is read in all. */
  update(bytes: number, calls: number): void {
    const at = this.now()
    this.samples.push({ at, bytes, calls })
    while (this.samples.length > 2 && this.samples[1].at < at - WINDOW_MS) this.samples.shift()
  }

  /** The share that is read, from 0 to 1; undefined if the whole is not known. */
  get share(): number | undefined {
    return this.totalBytes > 0 ? Math.min(1, this.last.bytes / this.totalBytes) : undefined
  }

  /** In one line: calls, calls and MiB a second, and the time left. */
  toString(): string {
    const seconds = (this.now() - this.samples[0].at) / 1000
    const speed = (read: (sample: Sample) => number) =>
      (read(this.last) - read(this.samples[0])) / Math.max(seconds, 0.001)
    const bytesPerSecond = speed(({ bytes }) => bytes)
    const left = this.totalBytes - this.last.bytes
    return [
      `${formatNumber(this.last.calls)} calls`,
      `${formatNumber(Math.round(speed(({ calls }) => calls)))}/s`,
      `${(bytesPerSecond / MIB).toFixed(1)} MiB/s`,
      ...(left > 0 && bytesPerSecond > 0 ? [`${formatSeconds(left / bytesPerSecond)} left`] : [])
    ].join('  ')
  }

  private get last(): Sample {
    return this.samples[this.samples.length - 1]
  }
}

/** A duration as a clock shows it: `1:05`, `2:00:05`. */
function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return hours > 0 ? `${formatNumber(hours)}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

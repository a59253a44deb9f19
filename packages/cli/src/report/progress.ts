import type { Progress } from '@tractionboard/local-segment'
import { Presets, SingleBar } from 'cli-progress'
import { printError } from '../terminal'
import { ProgressMeter } from './progress-meter'

/** How often a line is printed where there is no terminal, in milliseconds. */
const LINE_INTERVAL_MS = 10_000

/** The columns of everything but the bar. */
const TEXT_COLUMNS = 68
const BAR_COLUMNS = { least: 10, most: 40 }

/** Shows progress on standard error: a bar in a terminal, elsewhere a line every ten seconds. */
export const progressBar = (): Progress => (process.stderr.isTTY ? terminalBar() : progressLines())

function terminalBar(): Progress {
  const { stderr } = process
  const free = (stderr.columns || 80) - TEXT_COLUMNS
  let meter = new ProgressMeter(0)
  const bar = new SingleBar(
    {
      format: (options, { progress }, { text }: { text: string }) => {
        const size = options.barsize ?? BAR_COLUMNS.least
        const done = Math.round(progress * size)
        const drawn = `${options.barCompleteString?.slice(0, done)}${options.barIncompleteString?.slice(0, size - done)}`
        return meter.share === undefined
          ? `Replaying  ${text}`
          : `Replaying ${drawn} ${Math.floor(progress * 100)} %  ${text}`
      },
      barsize: Math.max(BAR_COLUMNS.least, Math.min(BAR_COLUMNS.most, free)),
      hideCursor: true
    },
    Presets.shades_grey
  )
  // Ends the process early: the cursor must not stay hidden.
  const stop = () => bar.stop()
  return {
    start(totalBytes) {
      meter = new ProgressMeter(totalBytes)
      process.once('exit', stop)
      bar.start(Math.max(totalBytes, 1), 0, { text: String(meter) })
    },
    advance(readBytes, calls) {
      meter.update(readBytes, calls)
      bar.update(readBytes, { text: String(meter) })
    },
    notice(text) {
      if (bar.isActive) {
        stderr.cursorTo(0)
        stderr.clearLine(0)
      }
      printError(text)
    },
    stop() {
      process.off('exit', stop)
      stop()
    }
  }
}

function progressLines(): Progress {
  let meter = new ProgressMeter(0)
  let timer: NodeJS.Timeout | undefined
  const line = () => {
    const share = meter.share === undefined ? '' : `${Math.floor(meter.share * 100)} %  `
    printError(`Replaying  ${share}${String(meter)}`)
  }
  return {
    start(totalBytes) {
      meter = new ProgressMeter(totalBytes)
      timer = setInterval(line, LINE_INTERVAL_MS)
    },
    advance: (readBytes, calls) => meter.update(readBytes, calls),
    notice: printError,
    stop: () => clearInterval(timer)
  }
}

import destination from '@tractionboard/destination'
import { type Progress, replay, withBaseUrl } from '@tractionboard/local-segment'
import type { Sandbox, SandboxOptions } from '@tractionboard/sandbox'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeReplay } from '../report/replay'
import { SAMPLE_SPEND, sampleFiles } from '../sample'
import { print } from '../terminal'
import { keepServing, openConsole, openShownSandbox, sandboxLine, tractionboardIn } from './console'
import { openSandbox } from './sandbox'

export interface StartOptions {
  once?: boolean
  port: number
  spend?: SandboxOptions['spend']
}

/** Replays the sample into a sandbox, and returns the lines of the report. */
export async function replaySample(sandbox: Sandbox, progress: Progress): Promise<string[]> {
  const report = await replay(
    withBaseUrl(destination, sandbox.origin),
    { tokenId: sandbox.token },
    sampleFiles(),
    progress
  )
  return [...describeReplay(report), ...describeDashboard(sandbox.dashboard())]
}

/**
 * Replays the sample into a sandbox, prints the report, and opens the page.
 *
 * @throws CliError that says in one sentence why it cannot start.
 */
export async function runStart({ once, port, spend = SAMPLE_SPEND }: StartOptions): Promise<void> {
  if (once) return runOnce(spend)
  const { sandbox, setPageUrl } = await openShownSandbox(port, spend)
  try {
    const opened = await openConsole(tractionboardIn(sandbox), port)
    setPageUrl(opened.url)
    print(await replaySample(sandbox, progressBar()))
    await keepServing([...opened.lines, sandboxLine(sandbox)])
    await opened.close()
  } finally {
    await sandbox.close()
  }
}

async function runOnce(spend: StartOptions['spend']): Promise<void> {
  const sandbox = await openSandbox({ spend })
  try {
    print(await replaySample(sandbox, progressBar()))
  } finally {
    await sandbox.close()
  }
}

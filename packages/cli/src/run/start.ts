import destination from '@tractionboard/destination'
import { type Progress, replay, withBaseUrl } from '@tractionboard/local-segment'
import type { Sandbox, SandboxOptions } from '@tractionboard/sandbox'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeReplay } from '../report/replay'
import { SAMPLE_SPEND, sampleFiles } from '../sample'
import { print } from '../terminal'
import { keepRunning, openSandbox } from './sandbox'

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

/** Starts a sandbox, replays the sample into it, and prints the report. Throws what `openSandbox` throws. */
export async function runStart({ once, port, spend = SAMPLE_SPEND }: StartOptions): Promise<void> {
  const sandbox = await openSandbox({ port, spend })
  try {
    print(await replaySample(sandbox, progressBar()))
    if (!once) await keepRunning(sandbox)
  } finally {
    await sandbox.close()
  }
}

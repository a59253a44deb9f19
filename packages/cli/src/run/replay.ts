import destination from '@tractionboard/destination'
import {
  incompleteReason,
  LocalSegmentError,
  ReadError,
  replay,
  type ReplayReport,
  Stop,
  withBaseUrl
} from '@tractionboard/local-segment'
import { archiveInput } from '../archive-input'
import { CliError } from '../errors'
import { takeInterruption } from '../interruption'
import type { ArchiveOptions } from '../options'
import { openStorage, type StorageOptions, withRemedy } from '../replay-storage'
import { describeFilters, identityAt, type Target, targetOf } from '../replay-target'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeReplay, describeStop } from '../report/replay'
import { fetchDashboard } from '../sandbox-client'
import { print } from '../terminal'
import { fillFromSources } from './queue'

export interface ReplayOptions extends ArchiveOptions, StorageOptions {
  token?: string
  /** The origin of the server. */
  apiUrl?: string
  dryRun?: true
  /** Calls a second. */
  rate?: number
  concurrency?: number
  /** Milliseconds. */
  giveUpAfter?: number
  /** The address of Redis, if other machines send. */
  queue?: string
  json?: true
}

/** A dry run sends nowhere. It needs no account, but the destination asks for one. */
const NOWHERE: Target = { apiUrl: 'http://127.0.0.1', token: 'dry-run' }

/**
 * Replays archives, and prints what became of their calls, and the dashboard if the server is a sandbox on this machine.
 *
 * @throws CliError if the server refuses or cannot be reached, if the run ends early, or if anything of the archives was
 *   not delivered.
 */
export async function runReplay(sources: string[], options: ReplayOptions): Promise<void> {
  const target = options.dryRun ? NOWHERE : targetOf(options)
  const run = options.queue === undefined ? runPipeline : fillFromSources
  const report = await run(sources, options, target)
  const reason = incompleteReason(report, options.dryRun)
  if (options.json) {
    print(JSON.stringify({ ...report, isDryRun: Boolean(options.dryRun), incomplete: reason }, null, 2).split('\n'))
  } else {
    print(describeReplay(report, options))
    const dashboard = options.dryRun ? undefined : await fetchDashboard(target.apiUrl)
    if (dashboard)
      print(['', 'The panel of the sandbox, with all that it was ever sent', ...describeDashboard(dashboard)])
  }
  const { stopped } = report
  if (stopped) throw new CliError(`\n${describeStop(report, target.apiUrl)}`, report.exitCode)
  if (reason) throw new CliError(`\n${reason}`)
}

async function runPipeline(
  sources: string[],
  options: ReplayOptions,
  target: Target
): Promise<ReplayReport & { exitCode: number }> {
  const { apiUrl, token } = target
  const { rate, concurrency, dryRun, giveUpAfter } = options
  const { archives, filter, mappings } = await archiveInput(sources, options)
  const settings = { tokenId: token }
  const progress = progressBar()
  const interruption = takeInterruption(() =>
    progress.notice('Finishing what is on its way. Press Ctrl+C once more to end at once.')
  )
  try {
    const report = await replay(withBaseUrl(destination, apiUrl), settings, archives, progress, {
      mappings,
      filter,
      rate,
      concurrency,
      isDryRun: dryRun,
      retry: giveUpAfter === undefined ? {} : { giveUpAfterMs: giveUpAfter },
      signal: interruption.signal,
      openStorage: dryRun
        ? undefined
        : async (listed) => openStorage(listed, await identityAt(target, mappings, describeFilters(options)), options)
    })
    return { ...report, exitCode: interruption.exitCode() }
  } catch (error) {
    if (error instanceof Stop && error.kind === 'interrupted') {
      throw new CliError('Interrupted before anything was sent.', interruption.exitCode())
    }
    // The address helps a person who mistyped it.
    if (error instanceof LocalSegmentError && !(error instanceof ReadError)) {
      throw withRemedy(() => new CliError(`${apiUrl}: ${error.message}`))
    }
    throw error
  } finally {
    interruption.release()
  }
}

import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import {
  incompleteReason,
  LocalSegmentError,
  ReadError,
  replay,
  STDIN,
  withBaseUrl
} from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeReplay } from '../report/replay'
import { fetchDashboard } from '../sandbox-client'
import { print } from '../terminal'

export interface ReplayOptions {
  token: string
  /** The origin of the server. */
  apiUrl?: string
}

/**
 * Replays archives, and prints what became of their calls, and the dashboard if the server is a sandbox on this machine.
 *
 * @throws CliError if the server refuses or cannot be reached, or if anything of the archives was not delivered.
 */
export async function runReplay(files: string[], { token, apiUrl = SERVER }: ReplayOptions): Promise<void> {
  const archives = files.length > 0 ? files : [STDIN]
  const report = await replay(withBaseUrl(destination, apiUrl), { tokenId: token }, archives, progressBar()).catch(
    (error: unknown) => {
      // The address helps a person who mistyped it.
      throw error instanceof LocalSegmentError && !(error instanceof ReadError)
        ? new CliError(`${apiUrl}: ${error.message}`)
        : error
    }
  )
  print(describeReplay(report))
  const dashboard = await fetchDashboard(apiUrl)
  if (dashboard) print(describeDashboard(dashboard))
  const reason = incompleteReason(report)
  if (reason) throw new CliError(`\n${reason}`)
}

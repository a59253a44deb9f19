import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { LocalSegmentError, ReadError, replay, STDIN, withBaseUrl } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeReplay } from '../report/replay'
import { fetchDashboard } from '../sandbox-client'

export interface ReplayOptions {
  token: string
  /** The origin of the server. */
  apiUrl?: string
}

/**
 * Replays archives, and prints what became of their calls, and the dashboard if the server is a sandbox on this machine.
 *
 * @throws CliError if the server refuses or cannot be reached, if an archive cannot be read to its end, or if some calls
 *   could not be delivered.
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
  console.log(describeReplay(report))
  const dashboard = await fetchDashboard(apiUrl)
  if (dashboard) console.log(describeDashboard(dashboard))
  if (report.readError) throw new CliError(`\n${report.readError} The numbers above include what was read before.`)
  if (report.rejections.some(({ retriesExhausted }) => retriesExhausted)) {
    throw new CliError('\nSome calls were not delivered. Run the same command again: nothing is counted twice.')
  }
}

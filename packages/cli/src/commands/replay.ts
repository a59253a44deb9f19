import type { Command } from 'commander'
import destination from '@tractionboard/destination'
import { SERVER } from '@tractionboard/contract'
import { CliError } from '../errors'
import { incompleteReason, replay } from '@tractionboard/local-segment'
import { LocalSegmentError, ReadError, STDIN } from '@tractionboard/local-segment'
import { describeReplay } from '../report/replay'
import { progressBar } from '../report/progress'
import { withBaseUrl } from '@tractionboard/local-segment'
import { originOf, showDashboardOf } from '../sandbox-client'

interface Options {
  token: string
  apiUrl: string
}

export const addReplay = (program: Command): void => {
  program
    .command('replay')
    .description(
      'send archives of Segment calls through the destination, with its presets as mappings; the integrations of a call are not looked at'
    )
    .argument(
      '[files...]',
      'newline-delimited JSON as in Segment raw logs, a JSON array or a batch, gzipped or not; - is standard input',
      [STDIN]
    )
    .requiredOption('--token <Token ID>', 'found in the Tractionboard Dashboard under Settings > Integrations')
    .option('--api-url <URL>', 'where Tractionboard is reached', SERVER)
    .action(async (files: string[], { token, apiUrl }: Options) => {
      const origin = originOf(apiUrl)
      const report = await replay(withBaseUrl(destination, origin), { tokenId: token }, files, progressBar()).catch(
        (error: unknown) => {
          // Whoever mistyped the address sees it best beside what went wrong there.
          throw error instanceof LocalSegmentError && !(error instanceof ReadError)
            ? new CliError(`${origin}: ${error.message}`)
            : error
        }
      )
      console.log(describeReplay(report))
      await showDashboardOf(origin)
      const reason = incompleteReason(report)
      if (reason) throw new CliError(`\n${reason}`)
    })
}

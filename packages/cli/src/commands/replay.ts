import type { Command } from 'commander'
import destination from '@tractionboard/destination'
import { SERVER } from '@tractionboard/contract'
import { Failure } from '../failure'
import { replay } from '../replay'
import { STDIN, Unreadable } from '../replay/archive'
import { describeTally } from '../report/tally'
import { progressBar } from '../report/progress'
import { retarget } from '../retarget'
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
    .argument('[files...]', 'newline-delimited JSON, gzipped or not, as in Segment raw logs; - is standard input', [
      STDIN
    ])
    .requiredOption('--token <Token ID>', 'found in the Tractionboard Dashboard under Settings > Integrations')
    .option('--api-url <URL>', 'where Tractionboard is reached', SERVER)
    .action(async (files: string[], { token, apiUrl }: Options) => {
      const origin = originOf(apiUrl)
      const tally = await replay(retarget(destination, origin), token, files, progressBar()).catch((error: unknown) => {
        // Whoever mistyped the address sees it best beside what went wrong there.
        throw error instanceof Failure && !(error instanceof Unreadable)
          ? new Failure(`${origin}: ${error.message}`)
          : error
      })
      console.log(describeTally(tally))
      await showDashboardOf(origin)
      if (tally.unread) throw new Failure(`\n${tally.unread} What was read before is in the numbers above.`)
      if (tally.rejections.some(({ gaveUp }) => gaveUp)) {
        throw new Failure('\nNot everything was delivered. Run the same command again: nothing is counted twice.')
      }
    })
}

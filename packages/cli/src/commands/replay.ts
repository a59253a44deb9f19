import type { Command } from 'commander'
import destination from '@tractionboard/destination'
import { SERVER } from '@tractionboard/contract'
import { Failure } from '../failure'
import { replay } from '../replay'
import { STDIN } from '../replay/archive'
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
    .description('send archives of Segment calls through the destination, with its presets as mappings')
    .argument('[files...]', 'newline-delimited JSON, gzipped or not, as in Segment raw logs; - is standard input', [
      STDIN
    ])
    .requiredOption('--token <Token ID>', 'found in the Tractionboard Dashboard under Settings > Integrations')
    .option('--api-url <URL>', 'where Tractionboard is reached', SERVER)
    .action(async (files: string[], { token, apiUrl }: Options) => {
      const origin = originOf(apiUrl)
      const tally = await replay(retarget(destination, origin), token, files, progressBar())
      console.log(describeTally(tally))
      await showDashboardOf(origin)
      if (tally.rejections.some(({ gaveUp }) => gaveUp)) {
        throw new Failure('\nNot everything was delivered. Run the same command again.')
      }
    })
}

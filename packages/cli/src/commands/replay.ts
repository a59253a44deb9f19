import type { Command } from 'commander'
import { load } from '../lazy'
import { parseOrigin } from '../options'
import type { ReplayOptions } from '../run/replay'

export const addReplay = (program: Command): void => {
  program
    .command('replay')
    .description(
      "send archives of Segment calls through the destination, with its presets as mappings; ignores each call's integrations object"
    )
    .argument(
      '[files...]',
      'newline-delimited JSON as in Segment raw logs, a JSON array or a batch, gzipped or not; - is standard input, which is the default'
    )
    .requiredOption('--token <Token ID>', 'found in the Tractionboard Dashboard under Settings > Integrations')
    .option('--api-url <URL>', "the server to send to (default: Tractionboard's own)", parseOrigin)
    .action((files: string[], options: ReplayOptions) => load.replay().runReplay(files, options))
}

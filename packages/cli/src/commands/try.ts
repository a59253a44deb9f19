import type { Command } from 'commander'
import { load } from '../lazy'
import { mappingsOption, parseOrigin } from '../options'
import type { TryOptions } from '../run/try'

export const addTry = (program: Command): void => {
  program
    .command('try')
    .description('test one Segment call: which mappings match it, what is sent, and what the response is')
    .argument('[file]', 'the call, as JSON; - is standard input, which is the default')
    .option('--token <Token ID>', 'the account to send to (default: a sandbox for this call only)')
    .option('--api-url <URL>', "the server to send to, with --token (default: Tractionboard's own)", parseOrigin)
    .addOption(mappingsOption())
    .action((file: string | undefined, options: TryOptions) => load.try().runTry(file, options))
}

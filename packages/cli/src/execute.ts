import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import { CliError, isExpected } from './errors'
import { program } from './program'
import { printError } from './terminal'

/**
 * Runs a command, and prints why it failed.
 *
 * @param args the arguments after `tractionboard`.
 * @returns the exit code; 0 if everything went well.
 */
export async function execute(args: string[]): Promise<number> {
  try {
    await program().parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // commander has printed it.
    if (error instanceof CommanderError) return error.exitCode
    printError(isExpected(error) ? messageLines(error) : inspect(error).split('\n'))
    return error instanceof CliError ? error.exitCode : 1
  }
}

/** A message is one line. A blank line before it sets it off from a report. */
const messageLines = ({ message }: Error) => [...(message.startsWith('\n') ? [''] : []), message.trimStart()]

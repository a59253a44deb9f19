import { CommanderError } from 'commander'
import { isExpected } from '../../cli/src/errors'
import { program } from '../../cli/src/program'

/** The result of a command. */
export interface Run {
  /** What it printed to standard output. */
  printed: string
  /** The message of the error that it failed with, if it did. */
  failure?: string
}

/**
 * Runs the `tractionboard` command in this process. What it writes to standard error, such as a progress bar, is
 * dropped.
 *
 * @throws whatever is no error that the command expects.
 * @example
 * const { printed } = await tractionboard('replay', 'calls.json.gz', '--token', 'tb_sandbox_token')
 */
export async function tractionboard(...args: string[]): Promise<Run> {
  const lines: string[] = []
  const log = jest.spyOn(console, 'log').mockImplementation((text = '') => void lines.push(String(text)))
  const error = jest.spyOn(console, 'error').mockReturnValue(undefined)
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const command = program()
  for (const each of [command, ...command.commands]) each.configureOutput({ writeErr: () => {}, writeOut: () => {} })
  try {
    await command.parseAsync(args, { from: 'user' })
    return { printed: lines.join('\n') }
  } catch (error) {
    if (isExpected(error) || error instanceof CommanderError) {
      return { printed: lines.join('\n'), failure: error.message }
    }
    throw error
  } finally {
    log.mockRestore()
    error.mockRestore()
    stderr.mockRestore()
  }
}

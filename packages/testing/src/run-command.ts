import { CommanderError } from 'commander'
import { isExpected } from '../../cli/src/errors'
import { program } from '../../cli/src/program'

/** What a run of the command came to. */
export interface Run {
  /** What it printed to standard output. */
  printed: string
  /** The one sentence that it failed with, if it did. */
  failure?: string
}

/** Runs the `tractionboard` command as a person would. */
export async function tractionboard(...args: string[]): Promise<Run> {
  const lines: string[] = []
  const log = jest.spyOn(console, 'log').mockImplementation((text = '') => void lines.push(String(text)))
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
  }
}

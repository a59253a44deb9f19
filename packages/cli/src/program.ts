import { Command } from 'commander'
import { COMMANDS } from './commands'

/**
 * The `tractionboard` command with all its subcommands.
 *
 * @returns a program that throws instead of ending the process, so that tests can run it.
 */
export function program(): Command {
  const command = new Command('tractionboard')
    .description('Replay Segment archives into Tractionboard, run its sandbox, check and contribute the destination.')
    .showHelpAfterError('Run with --help to see what it takes.')
    .exitOverride()
  for (const add of COMMANDS) add(command)
  command.commands.forEach((subcommand) => subcommand.copyInheritedSettings(command))
  return command
}

import { Command } from 'commander'
import { COMMANDS } from './commands'
import { readPackageJson } from './package-files'
import { escapeText } from './terminal'

/**
 * The `tractionboard` command with all its subcommands.
 *
 * @returns a program that throws instead of ending the process, so that tests can run it.
 * @example
 * await program().parseAsync(['validate'], { from: 'user' })
 */
export function program(): Command {
  const command = new Command('tractionboard')
    .description('Replay Segment archives into Tractionboard, run its sandbox, check and contribute the destination.')
    .version(readPackageJson<{ version: string }>('package.json').version)
    .showHelpAfterError('Run with --help to see the commands and options.')
    .configureOutput({
      writeOut: (text) => process.stdout.write(escapeText(text)),
      writeErr: (text) => process.stderr.write(escapeText(text))
    })
    .exitOverride()
  for (const add of COMMANDS) add(command)
  command.commands.forEach((subcommand) => subcommand.copyInheritedSettings(command))
  return command
}

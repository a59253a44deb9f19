import { errorMessage } from '@tractionboard/local-segment'
import { type Sandbox, type SandboxOptions, startSandbox } from '@tractionboard/sandbox'
import { CliError } from '../errors'
import { print, printError } from '../terminal'

/**
 * Starts a sandbox.
 *
 * @throws CliError that says in one sentence why it cannot start with these options.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox({ printError: (text) => printError(text.split('\n')), ...options })
  } catch (error) {
    throw new CliError(errorMessage(error))
  }
}

/** Prints the addresses of a sandbox, and keeps it running until the command is interrupted. */
export async function keepRunning(sandbox: Sandbox): Promise<void> {
  print([
    '',
    `The sandbox is running at ${sandbox.origin}. Its Token ID is ${sandbox.token}.`,
    `  ${sandbox.origin}/sandbox/dashboard   the numbers, as JSON`,
    `  ${sandbox.origin}/sandbox/users       the users, as JSON`,
    `  ${sandbox.origin}/sandbox/journal     the latest requests, as JSON`,
    'Press Ctrl+C to stop it.'
  ])
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await sandbox.close()
}

/** Runs a sandbox that logs its requests. */
export const runSandbox = async (options: SandboxOptions): Promise<void> =>
  keepRunning(await openSandbox({ ...options, quiet: false }))

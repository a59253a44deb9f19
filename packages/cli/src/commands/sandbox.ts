import type { Command } from 'commander'
import { DEFAULT_TOKEN, startSandbox } from '@tractionboard/sandbox'
import type { Sandbox, SandboxOptions } from '@tractionboard/sandbox'
import { CliError } from '../errors'
import { errorMessage } from '@tractionboard/local-segment'
import { parsePort } from '../port'
import { SPEND } from '../spend'

/** Starts a sandbox as a command does: what is wrong with the options is told in one sentence. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox(options)
  } catch (error) {
    throw new CliError(errorMessage(error))
  }
}

/** Says what a sandbox is good for, and keeps it until the command is interrupted. */
export async function keepOpen(sandbox: Sandbox): Promise<void> {
  console.log(`
The sandbox stays at ${sandbox.origin}, with the Token ID ${sandbox.token}.
  ${sandbox.origin}/sandbox/dashboard   the numbers, as JSON
  ${sandbox.origin}/sandbox/users       the users, as JSON
  ${sandbox.origin}/sandbox/journal     the latest requests, as JSON
Press Ctrl+C to end it.`)
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await sandbox.close()
}

export const addSandbox = (program: Command): void => {
  program
    .command('sandbox')
    .description('run a stand-in Tractionboard on this machine')
    .option('--port <port>', 'the port on 127.0.0.1; 0 takes any that is free', parsePort, 0)
    .option('--token <Token ID>', 'the Token ID that is good', DEFAULT_TOKEN)
    .option(...SPEND)
    .action(async (options: SandboxOptions) => keepOpen(await openSandbox({ ...options, quiet: false })))
}

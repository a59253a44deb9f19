import type { Command } from 'commander'
import { load } from '../lazy'
import {
  addArchiveOptions,
  CONCURRENCY,
  GIVE_UP_AFTER,
  parseCount,
  parseOrigin,
  parseQueue,
  tokenOption
} from '../options'
import type { ReplayOptions } from '../run/replay'
import type { StatusOptions } from '../run/replay-status'

export const addReplay = (program: Command): void => {
  const replay = program
    .command('replay')
    .description('send archives of Segment calls through the destination; run it again to go on where it ended')
  addArchiveOptions(replay)
    .addOption(tokenOption())
    .option('--api-url <URL>', 'the server to send to; required, as the token is, but for --dry-run', parseOrigin)
    .option('--dry-run', 'map and validate everything, send nothing, and write nothing down')
    .option('--rate <calls>', 'the most calls a second (default: no limit)', parseCount)
    .option(...CONCURRENCY)
    .option(...GIVE_UP_AFTER)
    .option(
      '--ledger <file>',
      'where it is written down how far each archive is delivered (default: one for each account)'
    )
    .option('--again', 'send everything again, whatever the ledger says')
    .option(
      '--dead-letters <file>',
      'where rejected calls are written, to be replayed later (default: beside the ledger)'
    )
    .option('--queue <URL>', 'leave the sending to workers on other machines, through this Redis', parseQueue)
    .option('--json', 'print the final report as JSON')
    .action((sources: string[], options: ReplayOptions) => load.replay().runReplay(sources, options))
  replay
    .command('status')
    .description('show what the ledgers say: how far each archive is delivered, and what became of its calls')
    .option('--ledger <file>', 'only this ledger (default: all that nobody has named)')
    .option('--queue <URL>', 'what is in the queue of this Redis, instead of the ledgers', parseQueue)
    .option('--json', 'print it as JSON')
    // The command above has options of the same names, and takes them first.
    .action((_: StatusOptions, command: Command) => load.replayStatus().runReplayStatus(command.optsWithGlobals()))
  for (const [name, description, isPaused] of PAUSES) {
    replay
      .command(name)
      .description(description)
      .option('--queue <URL>', 'the Redis that the queue is in', parseQueue)
      .action((_: object, command: Command) => {
        const { queue } = command.optsWithGlobals<{ queue?: string }>()
        if (queue === undefined) command.error("error: required option '--queue <URL>' not specified")
        return load.queue().runPause(queue, isPaused)
      })
  }
}

const PAUSES = [
  ['pause', 'let the workers of a queue take no further archives', true],
  ['resume', 'let the workers of a queue take archives again', false]
] as const

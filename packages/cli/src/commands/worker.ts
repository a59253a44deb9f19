import { type Command, Option } from 'commander'
import { load } from '../lazy'
import { CONCURRENCY, GIVE_UP_AFTER, parseDuration, parseOrigin, parseQueue, tokenOption } from '../options'
import type { WorkerOptions } from '../run/queue'

export const addWorker = (program: Command): void => {
  program
    .command('worker')
    .description(
      'send the archives that `replay --queue` has queued, on any number of machines, until all are delivered'
    )
    .addOption(
      new Option('--queue <URL>', 'the Redis that the queue is in, such as redis://127.0.0.1:6379')
        .argParser(parseQueue)
        .env('TRACTIONBOARD_QUEUE')
        .makeOptionMandatory()
    )
    .addOption(tokenOption())
    .option('--api-url <URL>', 'the server to send to: the same as that of the replay', parseOrigin)
    .option(...CONCURRENCY)
    .option(...GIVE_UP_AFTER)
    .option(
      '--stalled-after <duration>',
      'when another worker takes the archive of this one, if there is no sign of it (default: 30s)',
      parseDuration
    )
    .option(
      '--dead-letters <file>',
      'where this worker writes rejected calls, to be replayed later',
      'dead-letters.ndjson'
    )
    .action((options: WorkerOptions) => load.queue().runWorker(options))
}

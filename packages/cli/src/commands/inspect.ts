import type { Command } from 'commander'
import { load } from '../lazy'
import { addArchiveOptions } from '../options'
import type { InspectOptions } from '../run/inspect'

export const addInspect = (program: Command): void => {
  addArchiveOptions(
    program
      .command('inspect')
      .description('show what is in archives, and what the destination would reject; sends nothing')
  )
    .option('--json', 'print it as JSON')
    .action((sources: string[], options: InspectOptions) => load.inspect().runInspect(sources, options))
}

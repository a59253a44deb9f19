import type { Command } from 'commander'
import { load } from '../lazy'
import { MODULE } from '../options'
import type { ValidateOptions } from '../run/validate'

export const addValidate = (program: Command): void => {
  program
    .command('validate')
    .description('find mistakes in the definition of a destination: its FQL, presets, texts, secrets, and defaults')
    .argument(...MODULE)
    .option('--calls <files...>', 'archives of Segment calls with what the built-in samples lack, such as a property')
    .option('--json', 'print only JSON: { definition, ok, findings }')
    .action((module: string | undefined, options: ValidateOptions) => load.validate().runValidate(module, options))
}

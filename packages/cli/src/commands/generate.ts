import type { Command } from 'commander'
import { load } from '../lazy'
import { MODULE } from '../options'

interface Options {
  out?: string
}

export const addTypes = (program: Command): void => {
  program
    .command('types')
    .description("write the generated-types.ts files of a definition, as upstream's generate:types does")
    .argument(...MODULE)
    .option('--out <folder>', "the destination's folder, to write the files there instead of printing them")
    .action((module: string | undefined, { out }: Options) => load.generate().runTypes(module, out))
}

export const addMetadata = (program: Command): void => {
  program
    .command('metadata')
    .description("write the metadata.json of a definition, as upstream's generate:metadata-payload does")
    .argument(...MODULE)
    .option('--out <folder>', "the destination's folder, to write the file there instead of printing it")
    .action((module: string | undefined, { out }: Options) => load.generate().runMetadata(module, out))
}

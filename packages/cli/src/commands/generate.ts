import { existsSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { CliError } from '../errors'
import { errorMessage } from '@tractionboard/local-segment'
import { metadata } from '../generate/metadata'
import { generatedTypes } from '../generate/types'
import { definitionOf, MODULE } from './module'

type Definition = Parameters<typeof metadata>[0]

export const addTypes = (program: Command): void => {
  program
    .command('types')
    .description("write the generated-types.ts files of a definition, as upstream's generate:types does")
    .argument(...MODULE)
    .option('--out <folder>', "the destination's folder, to write them there instead of printing them")
    .action(async (module: string | undefined, { out }: { out?: string }) => {
      const files = await generatedTypes(definitionOf(module) as Definition)
      if (out) writeAll(out, files)
      else for (const [path, text] of Object.entries(files)) console.log(`// ${path}\n${text}`)
    })
}

export const addMetadata = (program: Command): void => {
  program
    .command('metadata')
    .description("write the metadata.json of a definition, as upstream's generate:metadata-payload does")
    .argument(...MODULE)
    .option('--out <folder>', "the destination's folder, to write it there instead of printing it")
    .action((module: string | undefined, { out }: { out?: string }) => {
      const text = metadata(definitionOf(module) as Definition)
      if (out) writeAll(out, { 'metadata.json': text })
      else console.log(text.trimEnd())
    })
}

function writeAll(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = resolve(folder, path)
    if (!existsSync(dirname(file)))
      throw new CliError(`${dirname(file)} is not there: ${folder} is not the folder of this definition.`)
    try {
      writeFileSync(file, text)
    } catch (error) {
      throw new CliError(`Cannot write ${file}: ${errorMessage(error)}.`)
    }
    console.log(`written: ${file}`)
  }
}

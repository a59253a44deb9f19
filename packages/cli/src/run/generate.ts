import { existsSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errorMessage } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { metadata } from '../generate/metadata'
import { generatedTypes } from '../generate/types'
import { loadDefinition } from '../load-definition'
import { print } from '../terminal'

type Definition = Parameters<typeof metadata>[0]

/** Prints the `generated-types.ts` files of a definition, or writes them into a folder. */
export async function runTypes(module: string | undefined, folder: string | undefined): Promise<void> {
  const files = await generatedTypes(loadDefinition(module) as Definition)
  if (folder) writeFiles(folder, files)
  else for (const [path, text] of Object.entries(files)) print([`// ${path}`, ...text.split('\n')])
}

/** Prints the `metadata.json` of a definition, or writes it into a folder. */
export function runMetadata(module: string | undefined, folder: string | undefined): void {
  const text = metadata(loadDefinition(module) as Definition)
  if (folder) writeFiles(folder, { 'metadata.json': text })
  else print(text.trimEnd().split('\n'))
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = resolve(folder, path)
    if (!existsSync(dirname(file))) {
      throw new CliError(
        `There is no folder ${dirname(file)}. Create it, or name the folder of this definition with --out.`
      )
    }
    try {
      writeFileSync(file, text)
    } catch (error) {
      throw new CliError(`Cannot write ${file}: ${errorMessage(error)}.`)
    }
    print(`Written: ${file}`)
  }
}

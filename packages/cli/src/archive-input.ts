import { readFile } from 'node:fs/promises'
import type { SegmentEvent } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { fqlProblem } from '@tractionboard/lint'
import {
  type Archive,
  callFilter,
  errorMessage,
  integrationNames,
  listArchives,
  LocalSegmentError,
  type Mapping,
  mappingsOf,
  parseMappings,
  STDIN
} from '@tractionboard/local-segment'
import { CliError } from './errors'
import type { ArchiveOptions } from './options'

/** What a command reads. */
export interface ArchiveInput {
  archives: AsyncIterable<Archive>
  /** Whether the options allow a call. */
  filter: (call: SegmentEvent) => boolean
  mappings: Mapping[]
}

/**
 * Opens what the argument and the options of `addArchiveOptions` name. Nothing is listed yet.
 *
 * @throws CliError if the FQL or the file of mappings cannot be used.
 */
export async function archiveInput(sources: string[], options: ArchiveOptions): Promise<ArchiveInput> {
  const { endpoint, from, to, where, respectIntegrations, mappings } = options
  const problem = where === undefined ? undefined : fqlProblem(where)
  if (problem) throw new CliError(`--where ${problem}`)
  return {
    archives: listArchives(sources.length > 0 ? sources : [STDIN], { s3: { endpoint } }),
    filter: callFilter({ from, to, where, integrations: respectIntegrations && integrationNames(destination) }),
    mappings: mappings === undefined ? mappingsOf(destination) : await readMappings(mappings)
  }
}

export async function readMappings(file: string): Promise<Mapping[]> {
  try {
    return parseMappings(await readFile(file, 'utf8'), destination)
  } catch (error) {
    throw new CliError(
      error instanceof LocalSegmentError ? `${file}: ${error.message}` : `Cannot read ${file}: ${errorMessage(error)}.`
    )
  }
}

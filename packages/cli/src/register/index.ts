import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { CliError } from '../errors'
import { errorMessage } from '@tractionboard/local-segment'
import { metadata } from '../generate/metadata'
import { catalogEmail } from './email'
import { packetOf } from './packet'
import type { Answers, Limits, Packet } from './packet'
import { packetReadme } from './readme'

/** The files of a packet: the text of each, or nothing where the packet cannot have it yet. */
type Files = Record<string, string | undefined>

/** A packet that was written. */
export interface Registration {
  folder: string
  files: string[]
  packet: Packet
}

/**
 * Writes the registration packet: everything that Segment's partner portal and catalog ask for.
 *
 * @param folder where to; what an earlier run wrote there is replaced.
 * @throws CliError if an answer is wrong, or the folder cannot be written.
 */
export function register(
  definition: DestinationDefinition<never>,
  limits: Limits,
  answers: Answers,
  folder: string
): Registration {
  const packet = packetOf(definition, limits, answers)
  const files = filesOf(packet, definition)
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) {
      // An e-mail of an earlier run would not say what this packet says.
      if (text === undefined) rmSync(join(folder, name), { force: true })
      else writeFileSync(join(folder, name), text)
    }
  } catch (error) {
    throw new CliError(`The packet cannot be written to ${folder}: ${errorMessage(error)}.`)
  }
  return { folder: resolve(folder), files: Object.keys(files).filter((name) => files[name] !== undefined), packet }
}

function filesOf(packet: Packet, definition: DestinationDefinition<never>): Files {
  const { pullRequest } = packet
  return {
    'README.md': packetReadme(packet, definition),
    'packet.json': `${JSON.stringify(packet, null, 2)}\n`,
    'metadata.json': metadata(definition),
    'catalog-email.txt': pullRequest === null ? undefined : catalogEmail({ ...packet, pullRequest })
  }
}

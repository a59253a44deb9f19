import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { errorMessage } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { metadata } from '../generate/metadata'
import { catalogEmail } from './email'
import { buildPacket, type Limits, type Packet, type PersonalDetails } from './packet'
import { packetReadme } from './readme'

/** The text of each file; nothing if the packet cannot have it yet. */
type Files = Record<string, string | undefined>

/** A written packet. */
export interface Registration {
  folder: string
  /** The names of the files in the folder. */
  files: string[]
  packet: Packet
}

/**
 * Writes the registration packet: everything that Segment's partner portal and catalog ask for.
 *
 * @param folder the folder to write; files of an earlier run are replaced.
 * @throws CliError if a detail is malformed, or the folder cannot be written.
 * @example
 * register(destination, LIMITS, { supportEmail: 'support@example.com' }, 'registration')
 */
export function register(
  definition: DestinationDefinition<never>,
  limits: Limits,
  details: PersonalDetails,
  folder: string
): Registration {
  const packet = buildPacket(definition, limits, details)
  const files = filesOf(packet, definition)
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) {
      // The e-mail of an earlier run would not match this packet.
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

import { resolve } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { metadata } from '../generate/metadata'
import { catalogEmail } from './email'
import { type Files, readOwnFile, writeFiles } from './folder'
import type { Limits } from './limits'
import { buildPacket, type Packet, type PersonalDetails } from './packet'
import { packetReadme } from './readme'

const PACKET = 'packet.json'

/** A written packet. */
export interface Registration {
  folder: string
  /** The names of the files that were written. */
  files: string[]
  packet: Packet
}

/**
 * Writes the registration packet: everything that Segment's partner portal and catalog ask for.
 *
 * @param details without a pull request, the one of an earlier run in the same folder is kept.
 * @param folder the folder to write; files of an earlier run are replaced, and no others.
 * @throws CliError if a detail is malformed, or as `writeFiles` does.
 * @example
 * register(destination, LIMITS, { supportEmail: 'support@example.com' }, 'registration')
 */
export function register(
  definition: DestinationDefinition<never>,
  limits: Limits,
  details: PersonalDetails,
  folder: string
): Registration {
  const pullRequest = details.pullRequest ?? earlierPullRequest(folder)
  const packet = buildPacket(definition, limits, { ...details, pullRequest })
  const files = filesOf(packet, definition)
  writeFiles(folder, files)
  return { folder: resolve(folder), files: Object.keys(files), packet }
}

function earlierPullRequest(folder: string): string | undefined {
  const text = readOwnFile(folder, PACKET)
  return text === undefined ? undefined : ((JSON.parse(text) as Packet).pullRequest ?? undefined)
}

function filesOf(packet: Packet, definition: DestinationDefinition<never>): Files {
  const { pullRequest } = packet
  return {
    'README.md': packetReadme(packet, definition),
    [PACKET]: `${JSON.stringify(packet, null, 2)}\n`,
    'metadata.json': metadata(definition),
    ...(pullRequest !== null && { 'catalog-email.txt': catalogEmail({ ...packet, pullRequest }) })
  }
}

import destination from '@tractionboard/destination'
import { ledgerIdentity, type LedgerIdentity, type Mapping } from '@tractionboard/local-segment'
import { CliError } from './errors'
import type { ArchiveOptions } from './options'
import { fetchSandboxRun } from './sandbox-client'

/** Where calls are sent. */
export interface Target {
  /** The origin of the server. */
  apiUrl: string
  token: string
}

/**
 * Where the options say that calls are sent.
 *
 * @throws CliError if one of them is missing.
 */
export function targetOf({ apiUrl, token }: Partial<Target>): Target {
  if (token === undefined) {
    throw new CliError('There is no Token ID. Give it with --token, or in TRACTIONBOARD_TOKEN.')
  }
  if (apiUrl === undefined) {
    throw new CliError('Name the server to send to with --api-url, such as --api-url http://127.0.0.1:4000.')
  }
  return { apiUrl, token }
}

/** What a ledger of calls that are sent there belongs to. Asks the server whether it is a sandbox, and for its run. */
export const identityAt = async (
  { apiUrl, token }: Target,
  mappings: Mapping[],
  filters: string
): Promise<LedgerIdentity> =>
  ledgerIdentity(
    { address: apiUrl, run: await fetchSandboxRun(apiUrl), filters },
    { tokenId: token },
    destination,
    mappings
  )

/** The filters as a person writes them. */
export const describeFilters = ({ from, to, where, respectIntegrations }: ArchiveOptions): string =>
  [
    from && `--from ${from.toISOString()}`,
    to && `--to ${to.toISOString()}`,
    where !== undefined && `--where '${where}'`,
    respectIntegrations && '--respect-integrations'
  ]
    .filter(Boolean)
    .join(' ')

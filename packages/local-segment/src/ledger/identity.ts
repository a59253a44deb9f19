import { createHash } from 'node:crypto'
import type { Mapping } from '../router'

/** What a ledger belongs to. What was delivered there says nothing of another place. */
export interface LedgerIdentity {
  /** The server, such as `https://api.example`. */
  address: string
  /** Names the account without giving its token away. */
  account: string
  /** The run of a sandbox, which forgets everything when it ends. */
  run?: string
  /** Changes when the definition or the mappings do, and with them what is sent of a call. */
  definition: string
  /** Which calls are sent, such as `--from 2026-01-01`. */
  filters: string
}

/**
 * Says what a ledger belongs to.
 *
 * @param settings those of the account; only a hash of them is kept.
 * @param mappings the mappings that calls are sent with.
 * @param filters the filters as a person wrote them.
 */
export const ledgerIdentity = (
  { address, run, filters }: Pick<LedgerIdentity, 'address' | 'run' | 'filters'>,
  settings: unknown,
  definition: { name: string; slug?: string; actions: Record<string, { fields: unknown }> },
  mappings: Mapping[]
): LedgerIdentity => ({
  address,
  account: hash([address, settings]),
  run,
  definition: hash([
    definition.slug ?? definition.name,
    mappings.map(({ partnerAction, subscribe, mapping }) => ({ partnerAction, subscribe, mapping })),
    mappings.map(({ partnerAction }) => definition.actions[partnerAction]?.fields)
  ]),
  filters
})

/** A name for the ledger of this identity, so that each has its own. A changed definition keeps its ledger. */
export const ledgerName = ({ address, account, run, filters }: LedgerIdentity): string =>
  hash([address, account, run ?? '', filters])

/** Texts for people, which do not change what is sent. */
const TEXTS = ['label', 'description', 'placeholder']

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (key, member: unknown) => (TEXTS.includes(key) ? undefined : member)))
    .digest('hex')
    .slice(0, 16)

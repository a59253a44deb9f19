import type { DestinationDefinition } from '@segment/actions-core'
import { CATALOG } from '../catalog'
import type { Method, SourceKind } from '../catalog'
import { methodOf, triggerInWords } from '../docs/trigger'
import { CliError } from '../errors'

type Definition = DestinationDefinition<never>

/** What one request and one event may have at the most, as the contract says. */
export interface Limits {
  maxEvents: number
  maxRequestBytes: number
  maxEventBytes: number
}

/** What only a person knows. */
export interface Answers {
  /** Where Segment's support sends the questions of customers. */
  supportEmail: string
  /** The pull request with the destination, if there is one yet. */
  pullRequest?: string
}

/** Everything that the partner portal and the catalog ask for, as data. */
export interface Packet {
  name: string
  slug: string
  description: string
  website: string
  categories: readonly string[]
  logo: { url: string }
  mark: { url: string }
  supportEmail: string
  pullRequest: string | null
  connectionModes: Record<'cloud' | 'device', Record<SourceKind, boolean>>
  methods: Record<Method, boolean>
  settings: { name: string; label: string; description: string; type: string; required: boolean }[]
  actions: { slug: string; title: string; description: string; batches: boolean }[]
  presets: { name: string; action: string; when: string; subscribe: string | null; eventSlug: string | null }[]
  linkedAudiences: boolean
  limits: Limits
  replay: boolean
}

/** The longest description that the catalog takes. */
export const MAX_DESCRIPTION = 500

const METHODS: Method[] = ['page', 'screen', 'identify', 'track', 'group', 'alias']
const EMAIL = /^[^\s@<>,;]+@([a-z0-9-]+\.)+[a-z]{2,}$/i
const PULL_REQUEST = /^https:\/\/github\.com\/segmentio\/action-destinations\/pull\/\d+$/

/**
 * Puts the packet together: from the definition, from the contract's limits, from what only the catalog knows, and from
 * what only a person knows.
 *
 * @throws CliError if an answer is not what was asked for, or the description is too long for the catalog.
 */
export function packetOf(definition: Definition, limits: Limits, answers: Answers): Packet {
  const { name, slug = '', description = '', presets = [] } = definition
  const { supportEmail, pullRequest } = checked(answers)
  if (description.length > MAX_DESCRIPTION) {
    throw new CliError(
      `The description has ${description.length} characters, and the catalog takes ${MAX_DESCRIPTION}. Shorten it in the definition.`
    )
  }
  const supported = new Set(presets.map(methodOf))
  const sources = (isTaken: boolean) =>
    Object.fromEntries(CATALOG.sources.map((kind) => [kind, isTaken])) as Record<SourceKind, boolean>
  return {
    name,
    slug,
    description,
    website: CATALOG.website,
    categories: CATALOG.categories,
    logo: { url: CATALOG.logo },
    mark: { url: CATALOG.mark },
    supportEmail,
    pullRequest: pullRequest ?? null,
    connectionModes: { cloud: sources(definition.mode === 'cloud'), device: sources(definition.mode !== 'cloud') },
    methods: Object.fromEntries(METHODS.map((method) => [method, supported.has(method)])) as Record<Method, boolean>,
    settings: Object.entries(definition.authentication?.fields ?? {}).map(([key, field]) => ({
      name: key,
      label: field.label,
      description: field.description,
      type: field.type,
      required: field.required === true
    })),
    actions: Object.entries(definition.actions).map(([key, action]) => ({
      slug: key,
      title: action.title,
      description: action.description,
      batches: typeof action.performBatch === 'function'
    })),
    presets: presets.map((preset) => ({
      name: preset.name ?? '',
      action: preset.partnerAction,
      when: triggerInWords(preset),
      subscribe: preset.type === 'automatic' ? preset.subscribe : null,
      eventSlug: preset.type === 'specificEvent' ? (preset.eventSlug ?? null) : null
    })),
    linkedAudiences: presets.some((preset) => preset.type === 'specificEvent'),
    limits: {
      maxEvents: limits.maxEvents,
      maxRequestBytes: limits.maxRequestBytes,
      maxEventBytes: limits.maxEventBytes
    },
    replay: true
  }
}

/** The methods that the destination supports and the entry of the classic one does not tick. */
export const newMethods = ({ methods }: Packet): Method[] =>
  METHODS.filter((method) => methods[method] && !CATALOG.classic.methods.includes(method))

function checked({ supportEmail, pullRequest }: Answers): Answers {
  if (!EMAIL.test(supportEmail)) {
    throw new CliError(
      `"${supportEmail}" is no e-mail address. Give the address that Segment's support shall write to.`
    )
  }
  if (pullRequest !== undefined && !PULL_REQUEST.test(pullRequest)) {
    throw new CliError(
      `"${pullRequest}" is no pull request of Segment's. Its address is like https://github.com/segmentio/action-destinations/pull/1234.`
    )
  }
  return { supportEmail, pullRequest }
}

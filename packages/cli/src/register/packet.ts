import type { DestinationDefinition } from '@segment/actions-core'
import { pick } from 'lodash'
import { CATALOG, type Method, type SourceKind } from '../catalog'
import { CliError } from '../errors'
import { describeTrigger, methodOf } from '../markdown/trigger'
import type { Limits } from './limits'
import { openQuestions, type Question } from './questions'

type Definition = DestinationDefinition<never>

/** What only a person knows. */
export interface PersonalDetails {
  /** Where Segment's support sends questions of customers. */
  supportEmail: string
  /** The address of the pull request with the destination, if there is one yet. */
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
  presets: { name: string; action: string; trigger: string; subscribe: string | null; eventSlug: string | null }[]
  linkedAudiences: boolean
  limits: Limits
  replay: boolean
  /** What Tractionboard has to answer; what stops the most comes first. */
  openQuestions: Question[]
}

/** The longest description that the catalog takes. */
export const MAX_DESCRIPTION = 500

const METHODS: Method[] = ['page', 'screen', 'identify', 'track', 'group', 'alias']
const EMAIL = /^[^\s@<>,;]+@([a-z0-9-]+\.)+[a-z]{2,}$/i
const PULL_REQUEST = /^https:\/\/github\.com\/segmentio\/action-destinations\/pull\/\d+$/

/**
 * Builds the packet from the definition, the contract's limits, the facts of the catalog, and what only a person knows.
 *
 * @throws CliError if a detail is malformed, or the description is too long for the catalog.
 */
export function buildPacket(definition: Definition, limits: Limits, details: PersonalDetails): Packet {
  const { name, slug = '', description = '', presets = [] } = definition
  const { supportEmail, pullRequest } = details
  assertWellFormed(details)
  if (description.length > MAX_DESCRIPTION) {
    throw new CliError(
      `The description has ${description.length} characters, but the catalog takes at most ${MAX_DESCRIPTION}. Shorten it in the definition.`
    )
  }
  const supported = new Set(presets.map(methodOf))
  const allSources = (isSupported: boolean) =>
    Object.fromEntries(CATALOG.sources.map((kind) => [kind, isSupported])) as Record<SourceKind, boolean>
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
    connectionModes: {
      cloud: allSources(definition.mode === 'cloud'),
      device: allSources(definition.mode !== 'cloud')
    },
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
      trigger: describeTrigger(preset),
      subscribe: preset.type === 'automatic' ? preset.subscribe : null,
      eventSlug: preset.type === 'specificEvent' ? (preset.eventSlug ?? null) : null
    })),
    linkedAudiences: presets.some((preset) => preset.type === 'specificEvent'),
    limits: pick(limits, ['maxEvents', 'maxRequestBytes', 'maxEventBytes']),
    replay: true,
    openQuestions: openQuestions(limits)
  }
}

/** The methods that the destination supports and the classic entry does not list. */
export const newMethods = ({ methods }: Packet): Method[] =>
  METHODS.filter((method) => methods[method] && !CATALOG.classic.methods.includes(method))

/** What the packet lacks, because only a person can provide it. */
export const missingItems = ({ pullRequest }: Packet): string[] => [
  ...(pullRequest
    ? []
    : [
        'The link to the pull request on `segmentio/action-destinations`. The e-mail for the catalog must name it, so there is no e-mail yet. Once the pull request is open, run `tractionboard register` again with `--pull-request`.'
      ]),
  'The metadata ID: the ID under which Segment lists a destination. Segment assigns it and tells you. Then run `tractionboard contribute` with `--metadata-id`.',
  'A Tractionboard account with which Segment can test the destination.',
  "Tractionboard's answers to the questions in README.md. Tractionboard publishes no API reference, so the destination sends what this project assumes, and has not been run against the real API."
]

function assertWellFormed({ supportEmail, pullRequest }: PersonalDetails): void {
  if (!EMAIL.test(supportEmail)) {
    throw new CliError(
      `"${supportEmail}" is not an e-mail address. Give the address to which Segment's support can write.`
    )
  }
  if (pullRequest !== undefined && !PULL_REQUEST.test(pullRequest)) {
    throw new CliError(
      `"${pullRequest}" is not a pull request on action-destinations. Write it as https://github.com/segmentio/action-destinations/pull/1234.`
    )
  }
}

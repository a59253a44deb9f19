import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import {
  explainPayload,
  explainTrigger,
  LocalSegmentError,
  type Mapping,
  type Platform,
  type Trace,
  withBaseUrl
} from '@tractionboard/local-segment'
import {
  FAULT_KINDS,
  type Faults,
  type Sandbox,
  startSandbox,
  type Spend,
  type SpendEntry
} from '@tractionboard/sandbox'
import type {
  CallDetail,
  CallPreview,
  FaultsState,
  MappingDetail,
  PanelData,
  PreviewRequest,
  TestRequest,
  TestRun,
  UserDetail,
  UsersPage
} from './api-types'
import { completeCall } from './calls'
import { HttpError } from './http/http-error'
import { allMappings, type Mappings } from './mappings'
import { describeNearMisses } from './near-misses'
import { sendAlone, sendInBatch, type TestTarget } from './test-call'
import { isSettled, userOf, type UserChanges } from './user-changes'

/** What the routes work with. */
export interface RouteContext<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  platform: Platform
  mappings: Mappings
  sandbox?: Sandbox
  users?: UserChanges
}

/** What a route gets of a request. */
interface RouteRequest {
  /** The part of the path after the route's own, decoded; empty without one. */
  id: string
  query: URLSearchParams
  /** Reads the body. */
  json: () => Promise<unknown>
}

/** A method and a path; a path that ends with `/` is followed by an ID. */
export type Routes = Record<string, (request: RouteRequest) => unknown>

/** How long the answer to a test call waits for its delivery. */
const MAX_WAIT_MS = 3000

/** How many users a list has at the most. */
const USERS_LIMIT = 50

/** The API of the page. What a handler gives is sent as JSON. */
export const createRoutes = <Settings>(context: RouteContext<Settings>): Routes => ({
  ...callRoutes(context),
  ...mappingRoutes(context.mappings),
  ...(context.sandbox && panelRoutes(context.sandbox))
})

function callRoutes<Settings>({ definition, settings, platform, mappings, sandbox, users }: RouteContext<Settings>) {
  const explain = (used: Mapping[], call: SegmentEvent): MappingDetail[] =>
    used.map((mapping) => {
      const explanation = explainTrigger(mapping.subscribe, call)
      const fields = explanation.matches ? shownFields(definition, mapping, call) : []
      return { name: mapping.name ?? mapping.partnerAction, action: mapping.partnerAction, explanation, fields }
    })

  const detailOf = (trace: Trace, used: Mapping[]): CallDetail => ({
    trace,
    mappings: trace.mappings.length === 0 ? [] : explain(used, trace.filtered ?? trace.call),
    nearMisses: describeNearMisses(used, trace.call)
  })

  return {
    'GET /api/calls/': ({ id }) => {
      const trace = platform.trace(Number(id))
      if (!trace) throw new HttpError(404, 'This call is not kept any more, or there never was one with this number.')
      const user = users?.of(trace.id)
      return { ...detailOf(trace, mappings.of(trace.id)), ...(user && { user }) }
    },

    'POST /api/preview': async ({ json }): Promise<CallPreview> => {
      const { call: input, mappings: drafts } = (await json()) as PreviewRequest
      const { call, filledIn } = completeCall(input)
      const used = drafts === undefined ? platform.mappings : parsedMappings(drafts, definition)
      return { call, filledIn, mappings: explain(used, call), nearMisses: describeNearMisses(used, call) }
    },

    'POST /api/test': async ({ json }): Promise<TestRun[]> => {
      const { call: input, way } = (await json()) as TestRequest
      const { call, filledIn } = completeCall(input)
      const target = { definition, settings, mappings: platform.mappings }
      if (way === 'batch') {
        const used = platform.mappings
        const before = sandbox && userOf(sandbox, { call })
        const trace = platform.accept(call, { filledIn })
        await settled(platform, trace)
        const user = sandbox && { before: before ?? null, after: userOf(sandbox, { call }) }
        return [{ way, detail: { ...detailOf(trace, used), ...(user && { user }) } }]
      }
      const ways = way === 'both' ? (['alone', 'batch'] as const) : [way]
      const runs: TestRun[] = []
      for (const each of ways) {
        const run = await (way === 'both' && sandbox
          ? inFreshSandbox(target, sandbox.token, send)
          : send(target, sandbox))
        runs.push({ way: each, detail: run })

        async function send(to: TestTarget<Settings>, into?: Sandbox): Promise<CallDetail> {
          const before = into && userOf(into, { call })
          const trace = await (each === 'alone' ? sendAlone(to, call) : sendInBatch(to, call))
          trace.filledIn = filledIn
          const user = into && { before: before ?? null, after: userOf(into, { call }) }
          return { ...detailOf(trace, to.mappings), ...(user && { user }) }
        }
      }
      return runs
    }
  } satisfies Routes
}

/** The payload without the fields that Segment's form hides, which tell how to send. */
const shownFields = <Settings>(definition: DestinationDefinition<Settings>, mapping: Mapping, call: SegmentEvent) =>
  explainPayload(definition, mapping, call).filter(
    ({ field }) => !definition.actions[mapping.partnerAction].fields[field].unsafe_hidden
  )

/** Resolves when a call is delivered or given up, or after a while if it is sent again and again. */
async function settled(platform: Platform, trace: Trace): Promise<void> {
  if (isSettled(trace)) return
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(end, MAX_WAIT_MS)
    const stop = platform.on((changed) => changed === trace && isSettled(trace) && end())
  })
}

/** Each way gets a sandbox of its own: in one sandbox, the second would be a duplicate of the first. */
async function inFreshSandbox<Settings, T>(
  target: TestTarget<Settings>,
  token: string,
  send: (target: TestTarget<Settings>, sandbox: Sandbox) => Promise<T>
): Promise<T> {
  const sandbox = await startSandbox({ token })
  try {
    return await send({ ...target, definition: withBaseUrl(target.definition, sandbox.origin) }, sandbox)
  } finally {
    await sandbox.close()
  }
}

const parsedMappings = <Settings>(drafts: unknown, definition: DestinationDefinition<Settings>) =>
  unusable(() => allMappings(drafts, definition))

/** A mapping that cannot be used is named in one sentence. */
function unusable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof LocalSegmentError ? new HttpError(422, error.message) : error
  }
}

const mappingRoutes = (mappings: Mappings) =>
  ({
    'GET /api/mappings': () => ({ data: { subscriptions: mappings.list() } }),
    'PUT /api/mappings': async ({ json }) => {
      const body = await json()
      unusable(() => mappings.replace(body))
      return { data: { subscriptions: mappings.list() } }
    },
    'POST /api/mappings/reset': () => {
      mappings.reset()
      return { data: { subscriptions: mappings.list() } }
    }
  }) satisfies Routes

function panelRoutes(sandbox: Sandbox) {
  const panel = (): PanelData => ({
    dashboard: sandbox.dashboard(),
    activity: sandbox.activity(),
    spend: sandbox.spend()
  })
  const faults = (): FaultsState => ({ kinds: FAULT_KINDS, settings: sandbox.faults() })

  return {
    'GET /api/panel': panel,
    'GET /api/users': ({ query }): UsersPage => {
      const searched = (query.get('search') ?? '').toLowerCase()
      const found = sandbox
        .users()
        .filter(({ external_user_id, previous_ids, anonymous_ids, attributes: { email, name } }) =>
          [external_user_id, ...previous_ids, ...anonymous_ids, email, name].some(
            (text) => typeof text === 'string' && text.toLowerCase().includes(searched)
          )
        )
      const latest = found.sort((one, other) => (one.last_seen < other.last_seen ? 1 : -1))
      return { total: found.length, users: latest.slice(0, USERS_LIMIT) }
    },
    'GET /api/users/': ({ id }): UserDetail => {
      const user = sandbox.user(id)
      if (!user) throw new HttpError(404, 'No user has this ID.')
      return { user, events: sandbox.eventsOf(id) }
    },
    'PUT /api/spend': async ({ json }) => {
      await apply(json, (body) => sandbox.setSpend(body as Spend | SpendEntry[]))
      return panel()
    },
    'GET /api/faults': faults,
    'PUT /api/faults': async ({ json }) => {
      await apply(json, (body) => sandbox.setFaults(body as Faults))
      return faults()
    },
    'POST /api/reset': () => {
      sandbox.reset()
      return panel()
    }
  } satisfies Routes
}

/** The sandbox refuses settings in one sentence for people. */
async function apply(json: () => Promise<unknown>, change: (body: unknown) => void): Promise<void> {
  const body = await json()
  try {
    change(body)
  } catch (error) {
    throw new HttpError(422, (error as Error).message)
  }
}

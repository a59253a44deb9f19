import type {
  Explanation,
  FieldExplanation,
  Mapping,
  MappingStatus,
  MappingTrace,
  Trace
} from '@tractionboard/local-segment'
import type {
  Dashboard,
  FaultKind,
  FaultSettings,
  MonthActivity,
  Sandbox,
  SpendEntry,
  User
} from '@tractionboard/sandbox'

// What the server answers to the page, as JSON. The page imports these types.

/** An Actions field, as much of it as a form needs. */
export interface FieldForm {
  key: string
  label: string
  description: string
  type: string
  required: boolean
  multiple: boolean
  /** What may be chosen; empty if anything may be written. */
  choices: { label: string; value: string }[]
  default?: unknown
  /** Hidden fields tell Segment how to send, such as the size of a batch. */
  isHidden: boolean
}

/** An action, as much of it as a form needs. */
export interface ActionForm {
  slug: string
  title: string
  description: string
  /** The FQL of a new mapping. */
  defaultSubscription: string
  fields: FieldForm[]
}

/** What the page needs to know once. */
export interface ConsoleState {
  /** Names this run of the server. */
  run: string
  /** The destination's name. */
  name: string
  actions: ActionForm[]
  /** The address of the Tracking API. */
  trackingUrl?: string
  /** The address of the stand-in Tractionboard; without it there is no panel. */
  sandboxUrl?: string
  /** Stands before the address of each request that was caught instead of sent. */
  caughtPrefix?: string
}

/** A mapping in the shape of Segment's Public API. */
export interface ApiMapping {
  name: string
  actionSlug: string
  enabled: boolean
  /** FQL. */
  trigger: string
  /** Where each field takes its value from. */
  settings: NonNullable<Mapping['mapping']>
}

/** One line of the list of calls. */
export interface CallSummary {
  id: number
  receivedAt: string
  type: string
  /** The event of a track call, or the name or the path of a page. */
  name: string
  /** The user ID or the anonymous ID. */
  who: string
  stoppedBy?: string
  /** The mappings that match. */
  mappings: { name: string; status: MappingStatus }[]
}

/** Why a mapping matches or not, and what its fields become. */
export interface MappingDetail {
  name: string
  action: string
  explanation: Explanation
  /** Empty if the mapping does not match. */
  fields: FieldExplanation[]
}

/** A user before and after a call; null is nobody. */
export interface UserChange {
  before: User | null
  after: User | null
}

/** A call with all that is known of it. */
export interface CallDetail {
  trace: Trace
  /** As many as the trace has, in its order. */
  mappings: MappingDetail[]
  nearMisses: string[]
  user?: UserChange
}

export interface PreviewRequest {
  call: unknown
  /** Mappings to try instead of those that are used, in the shape of Segment's Public API. */
  mappings?: unknown
}

/** What would become of a call. */
export interface CallPreview {
  /** The call with what was filled in. */
  call: unknown
  filledIn: string[]
  mappings: MappingDetail[]
  nearMisses: string[]
}

/**
 * How a test call is sent: in a batch, as every other call, so that it is in the list of calls; alone, as Segment sends
 * where batching is off; or in both ways to compare them, each into a stand-in of its own so that nothing is counted.
 */
export type TestWay = 'batch' | 'alone' | 'both'

export interface TestRequest {
  call: unknown
  way: TestWay
}

/** What became of a test call in one way. */
export interface TestRun {
  way: Exclude<TestWay, 'both'>
  detail: CallDetail
}

/** What the panel shows. */
export interface PanelData {
  dashboard: Dashboard
  activity: MonthActivity[]
  spend: readonly SpendEntry[]
}

export interface UsersPage {
  total: number
  users: User[]
}

/** A user with what the user did. */
export interface UserDetail {
  user: User
  events: ReturnType<Sandbox['eventsOf']>
}

export interface FaultsState {
  kinds: readonly FaultKind[]
  settings: FaultSettings
}

/** The body of every answer that is no success. */
export interface ApiError {
  /** One sentence for a person. */
  message: string
}

export type { Dashboard, Explanation, FaultKind, FaultSettings, FieldExplanation, MappingStatus, MappingTrace }
export type { MonthActivity, SpendEntry, Trace, User }

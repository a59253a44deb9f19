/** The action of a call. */
export type Action = 'visit' | 'login' | 'payment' | 'refund' | 'cancel' | 'signup' | 'attribute' | 'alias' | 'event'

export const ACTIONS: Action[] = [
  'visit',
  'login',
  'payment',
  'refund',
  'cancel',
  'signup',
  'attribute',
  'alias',
  'event'
]

/** The status that a call must get. */
export type Status = 'accepted' | 'duplicate' | 'rejected' | 'not subscribed'

/** Why a call must be rejected. */
export type Reason =
  | 'blank message id'
  | 'not a date'
  | 'nobody'
  | 'no user'
  | 'blank user id'
  | 'no previous id'
  | 'alias to itself'
  | 'no amount'
  | 'not an amount'
  | 'negative payment'
  | 'unknown currency'
  | 'no attributes'
  | 'no event name'
  | 'conflict'

/** Why a call is invalid: the reason, and the field of the wire contract. */
export interface Violation {
  reason: Reason
  field: string
}

/** A line of the archive: the name of the file without its folder, and the line, counted from 1. */
export interface SourceLocation {
  file: string
  line: number
}

/** What must become of the call on a line; `action` is null if no mapping matches it. */
export interface Verdict extends SourceLocation, Partial<Violation> {
  messageId: unknown
  action: Action | null
  status: Status
}

/** A decimal number with two digits after the point, for each currency: `{ USD: '19.99' }`. */
export type Amounts = Record<string, string>

/** Where a person first came from. Members that do not apply are null. */
export interface FirstTouch {
  kind: 'campaign' | 'referral' | 'direct'
  source: string | null
  medium: string | null
  name: string | null
  /** The referring host, for a referral. */
  host: string | null
}

/** What the dashboard must show of a user. */
export interface ReferenceUser {
  /** The latest id of the user. */
  id: string
  /** Whether the user signed up, paid or canceled at least once. */
  customer: boolean
  status: 'active' | 'canceled'
  attributes: Record<string, unknown>
  earnings: Amounts
  refunds: Amounts
  revenue: Amounts
  firstTouch: FirstTouch
}

/** What the dashboard must show. */
export interface Dashboard {
  visits: number
  logins: number
  signups: number
  events: number
  /** People with a user id. */
  users: number
  /** Anonymous visitors who never became a user. */
  visitors: number
  customers: number
  canceled: number
  /** Canceled customers / customers, from 0 to 1; null without customers. */
  churnRate: number | null
  earnings: Amounts
  refunds: Amounts
  revenue: Amounts
  /** Spend / signups, rounded half up to the cent; empty without signups. */
  uac: Amounts
  /** How many customers came from where, most first, then by the text of the origin. */
  sources: (FirstTouch & { customers: number })[]
}

/** What replaying an archive must lead to. */
export interface Reference {
  /** Lines that are not blank. */
  lines: number
  /** The lines that are not a JSON object. */
  malformedLines: SourceLocation[]
  /** The lines that are a JSON object. */
  calls: number
  totals: Record<Status, number>
  actions: Record<Action, Record<'accepted' | 'duplicate' | 'rejected', number>>
  /** One a call, in the order of the archive. */
  verdicts: Verdict[]
  dashboard: Dashboard
  /** By id, in the order of code units. */
  users: ReferenceUser[]
}

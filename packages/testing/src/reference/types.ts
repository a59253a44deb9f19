/** What a call is to Tractionboard. */
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

/** What must become of a call. */
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

/** A fault: the class it is of, and the field of the wire contract that is at fault. */
export interface Fault {
  reason: Reason
  field: string
}

/** A line of the archive: the name of the file, without its folder, and the line, counted from 1. */
export interface Place {
  file: string
  line: number
}

/** What must become of the call on a line; `action` is null if nothing subscribes to such calls. */
export interface Verdict extends Place, Partial<Fault> {
  messageId: unknown
  action: Action | null
  status: Status
}

/** A decimal number with two digits after the point, for each currency: `{ USD: '19.99' }`. */
export type Amounts = Record<string, string>

/** Where a person came from first. What a campaign does not name is null, and so is all of it for other kinds. */
export interface FirstTouch {
  kind: 'campaign' | 'referral' | 'direct'
  source: string | null
  medium: string | null
  name: string | null
  /** The referring host, for a referral. */
  host: string | null
}

/** What must be known of a user in the end. */
export interface ReferenceUser {
  /** The latest id of the user. */
  id: string
  /** Whether the user signed up, paid or cancelled at least once. */
  customer: boolean
  status: 'active' | 'canceled'
  attributes: Record<string, unknown>
  earnings: Amounts
  refunds: Amounts
  revenue: Amounts
  firstTouch: FirstTouch
}

/** What the panel must show. */
export interface Dashboard {
  visits: number
  logins: number
  signups: number
  events: number
  /** People with a user id. */
  users: number
  /** Anonymous people who never became a user. */
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

/** The right answer for an archive. */
export interface Reference {
  /** Lines with something on them. */
  lines: number
  /** The lines that are not a JSON object. */
  broken: Place[]
  /** Lines that are. */
  calls: number
  totals: Record<Status, number>
  actions: Record<Action, Record<'accepted' | 'duplicate' | 'rejected', number>>
  /** One a call, in the order of the archive. */
  verdicts: Verdict[]
  dashboard: Dashboard
  /** By id, in the order of code units. */
  users: ReferenceUser[]
}

/** The action of a call. */
export type Action = 'visit' | 'login' | 'payment' | 'refund' | 'cancel' | 'signup' | 'attribute' | 'alias' | 'event'

/** All actions, in the order in which events of one instant are placed. */
export const ACTIONS: Action[] = [
  'visit',
  'alias',
  'signup',
  'login',
  'attribute',
  'event',
  'payment',
  'refund',
  'cancel'
]

/** The status that a call must get. */
export type Status = 'accepted' | 'duplicate' | 'rejected' | 'not subscribed'

/** Why a call must be rejected. */
export type Reason =
  | 'unprocessable'
  | 'blank message id'
  | 'not a date'
  | 'nobody'
  | 'no user'
  | 'unusable user id'
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

/** Money spent to acquire customers, in major units. */
export interface Spend {
  currency: string
  amount: number
  /** A campaign's source or a referring host. */
  source?: string
  /** Such as `2026-03`. */
  month?: string
}

/** Money as it is shown, by currency: `{ JPY: '500', USD: '19.99' }`. */
export type Amounts = Record<string, string>

/** UAC by currency of the spend; null where nobody signed up. */
export type Uac = Record<string, string | null>

/** Where a person first came from. Members that do not apply are null. */
export interface FirstTouch {
  kind: 'campaign' | 'referral' | 'direct'
  source: string | null
  medium: string | null
  name: string | null
  /** The referring host, for a referral. */
  host: string | null
}

/** Earnings, refunds, and earnings less refunds. */
export interface MoneyTotals {
  earnings: Amounts
  refunds: Amounts
  revenue: Amounts
}

/** What `GET /sandbox/users` must show of a user. */
export interface ReferenceUser extends MoneyTotals {
  /** The latest id of the user. */
  external_user_id: string
  status: 'active' | 'canceled'
  attributes: Record<string, unknown>
  first_touch: FirstTouch
}

/** The people of one source. */
export interface SourceRow {
  name: string
  kind: FirstTouch['kind']
  /** The source of the campaign, or the referring host. */
  source: string | null
  medium: string | null
  campaign: string | null
  people: number
  signups: number
  people_signed_up: number
  customers: number
  revenue: Amounts
}

/** One month, in UTC. */
export interface MonthRow {
  month: string
  active_at_start: number
  new: number
  canceled: number
  churn_rate: number | null
  spend: Amounts
  people_signed_up: number
  uac: Uac
}

/** The UAC of one source. */
export interface UacRow {
  source: string
  spend: Amounts
  people_signed_up: number
  uac: Uac
}

/** What `GET /sandbox/dashboard` must show. `docs/metrics.md` says what each member means. */
export interface Dashboard extends MoneyTotals {
  visits: number
  logins: number
  signups: number
  custom_events: number
  users: number
  visitors: number
  customers: number
  canceled: number
  canceled_share: number | null
  churn_month: string | null
  churn_rate: number | null
  people_signed_up: number
  spend: Amounts
  uac: Uac
  uac_by_source: UacRow[]
  months: MonthRow[]
  /** Sorted by people, most first, then by name. */
  sources: SourceRow[]
}

/** What replaying an archive must lead to. */
export interface Reference {
  /** Lines that are not blank. */
  lines: number
  /** The lines that are no call: not UTF-8, not a JSON object, or without a type. */
  malformedLines: SourceLocation[]
  /** The lines that are a call. */
  calls: number
  totals: Record<Status, number>
  actions: Record<Action, Record<'accepted' | 'duplicate' | 'rejected', number>>
  /** One a call, in the order of the archive. */
  verdicts: Verdict[]
  dashboard: Dashboard
  /** By id, in the order of code units. */
  users: ReferenceUser[]
}

import { END, MIGRATION, MONTHS, ORIGINS, PLANS, type Currency, type Origin, type Plan } from './company'
import { browser, person, phone, type Device, type Person } from './people'
import type { Rng } from '@tractionboard/testing/random'
import { rngFor } from './streams'
import { DAY, HOUR, MINUTE, SECOND, moment, monthsLater, type Moment } from '@tractionboard/testing/time'

/** What happens to one visitor, before it is told in calls. */
export interface Plot {
  number: number
  person: Person
  browser: Device
  phone: Device
  /** Where the visitor comes and signs up: on the web site, in the iOS app, or through somebody in sales. */
  by: 'web' | 'ios' | 'sales'
  visits: Visit[]
  /** When the visitor left an address for the newsletter, without signing up. */
  newsletter?: Moment
  signup?: Moment
  /** Was let in by a colleague: there is no `signup` call, only logins. */
  invited?: boolean
  /** The ids of the user, each from the moment on from which it is used. */
  ids: { id: string; since: Moment }[]
  plan: Plan
  sessions: Session[]
  payments: Bill[]
  refunds: Bill[]
  cancel?: Moment
  /** When the user signed up again after the cancellation. */
  comeback?: Moment
}

/** A visit of somebody who is not known yet. */
export interface Visit {
  at: Moment
  origin: Origin
  pages: number
}

/** A visit of a known user, who may use the product in the browser or on the phone. */
export interface Session {
  at: Moment
  onPhone: boolean
  logsIn: boolean
  deeds: number
  /** How long the phone was without a network. */
  delay: number
}

/** Money that came or went. */
export interface Bill {
  at: Moment
  cents: number
  currency: Currency
  wording: Wording
  delay: number
}

/** How a program writes an amount into the properties. */
export interface Wording {
  weight: number
  field: 'revenue' | 'amount' | 'total' | 'value'
  text: boolean
  currency: 'upper' | 'lower' | 'none'
}

/** Lives that are the way they are so that the sample has a case of it. */
interface Role {
  arrives: Moment
  signsUp: true
  by?: Plot['by']
  pays?: true
  /** Uses the browser of the visitor of that number. */
  sharesWith?: number
  /** Changed the e-mail address before it became an account id. */
  oldMail?: string
}

const CAST: Record<number, Role> = {
  3: { arrives: moment('2026-01-05T18:12:00Z'), signsUp: true, by: 'web', pays: true, oldMail: 'old-post.example' },
  17: { arrives: moment('2026-01-09T09:30:00Z'), signsUp: true, by: 'web', pays: true, oldMail: 'college.example' },
  40: { arrives: moment('2026-01-14T19:05:00Z'), signsUp: true, by: 'web', pays: true },
  41: { arrives: moment('2026-03-20T20:40:00Z'), signsUp: true, by: 'web', pays: true, sharesWith: 40 },
  120: { arrives: moment('2026-02-19T08:15:00Z'), signsUp: true, by: 'web' },
  121: { arrives: moment('2026-04-11T17:25:00Z'), signsUp: true, by: 'web', pays: true, sharesWith: 120 },
  300: { arrives: moment('2026-02-02T12:00:00Z'), signsUp: true, by: 'sales', pays: true },
  301: { arrives: moment('2026-03-03T13:00:00Z'), signsUp: true, by: 'sales', pays: true },
  302: { arrives: moment('2026-04-04T14:00:00Z'), signsUp: true, by: 'sales', pays: true },
  303: { arrives: moment('2026-05-05T15:00:00Z'), signsUp: true, by: 'sales' }
}

const WORDINGS: Record<Currency, Wording[]> = {
  USD: [
    { weight: 10, field: 'revenue', text: false, currency: 'upper' },
    { weight: 3, field: 'revenue', text: true, currency: 'upper' },
    { weight: 4, field: 'revenue', text: false, currency: 'none' },
    { weight: 1, field: 'revenue', text: true, currency: 'none' },
    { weight: 2, field: 'amount', text: false, currency: 'upper' },
    { weight: 1, field: 'total', text: false, currency: 'none' },
    { weight: 1, field: 'value', text: true, currency: 'none' }
  ],
  EUR: [
    { weight: 6, field: 'revenue', text: false, currency: 'upper' },
    { weight: 3, field: 'revenue', text: false, currency: 'lower' },
    { weight: 2, field: 'amount', text: true, currency: 'upper' },
    { weight: 1, field: 'revenue', text: true, currency: 'lower' }
  ]
}

/** What happens to the visitor of that number. */
export function plot(number: number): Plot {
  const rng = rngFor('journey', number)
  const role: Partial<Role> = CAST[number] ?? {}
  const plan = rng.weighted(PLANS)
  const who = person(number, plan.team, rng)
  const visits = visitsFrom(role.arrives ?? arrival(rng), rng)
  const home = visits[0].origin
  const by = role.by ?? (rng.chance(0.1) ? 'ios' : 'web')
  const known = {
    number,
    person: who,
    browser: browser(rngFor('browser', role.sharesWith ?? number)),
    phone: phone(rngFor('phone', number)),
    by,
    visits,
    newsletter: by === 'web' && rng.chance(0.05) ? visits[0].at + rng.between(30, 90) * SECOND + 7 : undefined,
    plan
  }
  if (!(role.signsUp || rng.chance(home.signsUp))) return { ...known, ids: [], sessions: [], payments: [], refunds: [] }
  const last = visits[visits.length - 1].at
  const signup = last + (by === 'sales' ? rng.between(20, 90) * HOUR : rng.between(6, 20) * MINUTE)
  const pays = role.pays || rng.chance(home.pays)
  const invited = !role.signsUp && !pays && rng.chance(0.15)
  const money = pays ? paying(known, signup, home.leaves, rng) : notPaying(signup, invited ? 0 : home.leaves, rng)
  const sessions = sessionsOf(by, signup, money, rng)
  return { ...known, signup, invited, ids: idsOf(number, who, signup, role.oldMail), sessions, ...money }
}

function arrival(rng: Rng): Moment {
  const { month } = rng.weighted(MONTHS)
  const day = rng.between(1, new Date(Date.UTC(2026, month + 1, 0)).getUTCDate())
  return Date.UTC(2026, month, day, rng.between(6, 22), rng.between(0, 59), rng.between(0, 59), rng.between(0, 999))
}

function visitsFrom(arrives: Moment, rng: Rng): Visit[] {
  const visit = (at: Moment): Visit => ({ at, origin: rng.weighted(ORIGINS), pages: rng.weighted(PAGES).count })
  const first = visit(arrives)
  return rng.chance(0.22) ? [first, visit(arrives + rng.between(20, 300) * HOUR + rng.between(1, 900_000))] : [first]
}

const PAGES = [
  { weight: 6, count: 1 },
  { weight: 3, count: 2 },
  { weight: 1, count: 3 }
]

/** Up to the migration the e-mail address is the user id; the change is told by an alias, one user after the other. */
function idsOf(number: number, who: Person, signup: Moment, oldMail?: string): Plot['ids'] {
  const account = { id: `u_${1000 + number}`, since: signup }
  if (signup >= MIGRATION) return [account]
  const mail = { id: who.mail, since: signup }
  const mails = oldMail
    ? [
        { ...mail, id: `${who.mailName}@${oldMail}` },
        { ...mail, since: signup + 9 * DAY + 5 * MINUTE }
      ]
    : [mail]
  return [...mails, { ...account, since: MIGRATION + number * 2 * SECOND + 371 }]
}

type Money = Pick<Plot, 'payments' | 'refunds' | 'cancel' | 'comeback'>

function notPaying(signup: Moment, leaves: number, rng: Rng): Money {
  const cancel = signup + rng.between(8, 40) * DAY + rng.between(1, 36_000_000)
  return { payments: [], refunds: [], cancel: rng.chance(leaves * 0.5) && cancel < END ? cancel : undefined }
}

function paying({ person, plan }: Pick<Plot, 'person' | 'plan'>, signup: Moment, leaves: number, rng: Rng): Money {
  const currency = person.place.currency
  const wording = rng.weighted(WORDINGS[currency])
  const bills = (from: Moment, count: number, firstFree: boolean): Bill[] =>
    Array.from({ length: count }, (_, month) => {
      const cents = month === 0 && firstFree ? 0 : plan.cents[currency]
      return { at: monthsLater(from, month), cents, currency, wording, delay: 0 }
    }).filter(({ at }) => at < END)

  const first = signup + rng.weighted(TRIALS).days * DAY + rng.between(10, 240) * MINUTE
  const stays = !rng.chance(leaves * 1.35)
  const months = stays ? 6 : rng.between(1, 3)
  const paid = bills(first, months, rng.chance(0.06))
  if (stays || paid.length < months) return settled(paid, rng)

  const regrets = rng.chance(0.25)
  const last = paid[paid.length - 1]
  const cancel = last.at + (regrets ? rng.between(2, 9) * HOUR : rng.between(3, 24) * DAY) + rng.between(1, 900_000)
  if (cancel >= END) return settled(paid, rng)
  // The billing system was slow to tell: the cancellation stands in the logs before the payment it is about.
  const told = regrets ? [...paid.slice(0, -1), { ...last, delay: cancel - last.at + 3 * HOUR }] : paid
  const comeback = cancel + rng.between(15, 45) * DAY + rng.between(1, 900_000)
  if (!rng.chance(0.25) || comeback >= END) return { ...settled(told, rng), cancel }
  return { ...settled([...told, ...bills(comeback + 20 * MINUTE, 6, false)], rng), cancel, comeback }
}

const TRIALS = [
  { weight: 4, days: 0 },
  { weight: 2, days: 7 },
  { weight: 4, days: 14 }
]

/** The bills, and the refunds of some of them. */
function settled(bills: Bill[], rng: Rng): Money {
  const pairs = bills.map((bill) => withRefund(bill, rng))
  return { payments: pairs.map(([payment]) => payment), refunds: pairs.flatMap(([, ...refund]) => refund) }
}

function withRefund(payment: Bill, rng: Rng): [payment: Bill, ...refund: Bill[]] {
  const at = payment.at + rng.between(20, 200) * HOUR + rng.between(1, 900_000)
  if (payment.cents === 0 || !rng.chance(0.07) || at >= END) return [payment]
  const part = rng.chance(0.6) ? payment.cents : Math.floor(payment.cents / 2)
  const refund = { ...payment, at, delay: 0, cents: rng.chance(0.35) ? -part : part }
  const overtakes = payment.delay === 0 && rng.chance(0.3)
  return [overtakes ? { ...payment, delay: at - payment.at + 3 * HOUR } : payment, refund]
}

function sessionsOf(by: Plot['by'], signup: Moment, { payments, cancel, comeback }: Money, rng: Rng): Session[] {
  const end = Math.min(comeback ? END : (cancel ?? END), signup + 120 * DAY)
  const hasPhone = by !== 'web' || rng.chance(0.2)
  const count = payments.length > 0 ? rng.between(2, 7) : rng.between(0, 2)
  const session = (): Session => {
    const onPhone = hasPhone && (by !== 'web' || rng.chance(0.4))
    return {
      at: signup + HOUR + rng.between(0, Math.max(0, end - signup - HOUR)),
      onPhone,
      logsIn: rng.chance(0.6),
      deeds: rng.between(0, 2),
      delay: onPhone && rng.chance(0.15) ? rng.between(120, 2400) * MINUTE : 0
    }
  }
  return Array.from({ length: count }, session).sort((one, other) => one.at - other.at)
}

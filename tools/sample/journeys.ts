import { END, MIGRATION, MONTHS, ORIGINS, PLANS, type Currency, type Origin, type Plan } from './company'
import { browser, person, phone, type Device, type Person } from './people'
import type { Rng } from '@tractionboard/testing/random'
import { rngFor } from './streams'
import { DAY, HOUR, MINUTE, SECOND, toMillis, monthsLater, type Millis } from '@tractionboard/testing/time'

/** All that happens to one visitor, before it becomes calls. */
export interface Journey {
  number: number
  person: Person
  browser: Device
  phone: Device
  /** Where the visitor signs up: on the web site, in the iOS app, or through sales. */
  channel: 'web' | 'ios' | 'sales'
  visits: Visit[]
  /** When the visitor subscribed to the newsletter. */
  newsletter?: Millis
  signup?: Millis
  /** Whether a colleague invited the user: there is no `signup` call, only logins. */
  invited?: boolean
  /** The ids of the user, and since when each is used. */
  ids: { id: string; since: Millis }[]
  plan: Plan
  sessions: Session[]
  payments: Bill[]
  refunds: Bill[]
  cancel?: Millis
  /** When the user signed up again after canceling. */
  winBack?: Millis
}

/** A visit of an anonymous visitor. */
export interface Visit {
  at: Millis
  origin: Origin
  pages: number
}

/** A visit of a known user, in the browser or on the phone. */
export interface Session {
  at: Millis
  onPhone: boolean
  logsIn: boolean
  eventCount: number
  /** How long the phone was offline, in milliseconds. */
  delay: number
}

/** A payment or a refund. */
export interface Bill {
  at: Millis
  cents: number
  currency: Currency
  amountFormat: AmountFormat
  delay: number
}

/** How a program writes an amount into the properties of a call. */
interface AmountFormat {
  weight: number
  field: 'revenue' | 'amount' | 'total' | 'value'
  text: boolean
  currency: 'upper' | 'lower' | 'none'
}

/** A visitor whose journey is given, not drawn, so that the sample has such a case. */
interface Script {
  arrives: Millis
  signsUp: true
  channel?: Journey['channel']
  pays?: true
  /** The number of a visitor with the same browser. */
  sharesWith?: number
  /** The domain of an earlier email address, which the user changed before the migration. */
  oldMail?: string
}

const SCRIPTED_VISITORS: Record<number, Script> = {
  3: {
    arrives: toMillis('2026-01-05T18:12:00Z'),
    signsUp: true,
    channel: 'web',
    pays: true,
    oldMail: 'old-post.example'
  },
  17: {
    arrives: toMillis('2026-01-09T09:30:00Z'),
    signsUp: true,
    channel: 'web',
    pays: true,
    oldMail: 'college.example'
  },
  40: { arrives: toMillis('2026-01-14T19:05:00Z'), signsUp: true, channel: 'web', pays: true },
  41: { arrives: toMillis('2026-03-20T20:40:00Z'), signsUp: true, channel: 'web', pays: true, sharesWith: 40 },
  120: { arrives: toMillis('2026-02-19T08:15:00Z'), signsUp: true, channel: 'web' },
  121: { arrives: toMillis('2026-04-11T17:25:00Z'), signsUp: true, channel: 'web', pays: true, sharesWith: 120 },
  300: { arrives: toMillis('2026-02-02T12:00:00Z'), signsUp: true, channel: 'sales', pays: true },
  301: { arrives: toMillis('2026-03-03T13:00:00Z'), signsUp: true, channel: 'sales', pays: true },
  302: { arrives: toMillis('2026-04-04T14:00:00Z'), signsUp: true, channel: 'sales', pays: true },
  303: { arrives: toMillis('2026-05-05T15:00:00Z'), signsUp: true, channel: 'sales' }
}

const AMOUNT_FORMATS: Record<Currency, AmountFormat[]> = {
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

/** Draws the journey of the visitor with a number. */
export function journeyOf(number: number): Journey {
  const rng = rngFor('journey', number)
  const script: Partial<Script> = SCRIPTED_VISITORS[number] ?? {}
  const plan = rng.weighted(PLANS)
  const who = person(number, plan.team, rng)
  const visits = visitsFrom(script.arrives ?? arrival(rng), rng)
  const firstOrigin = visits[0].origin
  const channel = script.channel ?? (rng.chance(0.1) ? 'ios' : 'web')
  const known = {
    number,
    person: who,
    browser: browser(rngFor('browser', script.sharesWith ?? number)),
    phone: phone(rngFor('phone', number)),
    channel,
    visits,
    newsletter: channel === 'web' && rng.chance(0.05) ? visits[0].at + rng.between(30, 90) * SECOND + 7 : undefined,
    plan
  }
  if (!(script.signsUp || rng.chance(firstOrigin.signupRate)))
    return { ...known, ids: [], sessions: [], payments: [], refunds: [] }
  const last = visits[visits.length - 1].at
  const signup = last + (channel === 'sales' ? rng.between(20, 90) * HOUR : rng.between(6, 20) * MINUTE)
  const pays = script.pays || rng.chance(firstOrigin.paymentRate)
  const invited = !script.signsUp && !pays && rng.chance(0.15)
  const money = pays
    ? paymentHistory(known, signup, firstOrigin.churnRate, rng)
    : trialHistory(signup, invited ? 0 : firstOrigin.churnRate, rng)
  const sessions = sessionsOf(channel, signup, money, rng)
  return { ...known, signup, invited, ids: idsOf(number, who, signup, script.oldMail), sessions, ...money }
}

function arrival(rng: Rng): Millis {
  const { month } = rng.weighted(MONTHS)
  const day = rng.between(1, new Date(Date.UTC(2026, month + 1, 0)).getUTCDate())
  return Date.UTC(2026, month, day, rng.between(6, 22), rng.between(0, 59), rng.between(0, 59), rng.between(0, 999))
}

function visitsFrom(arrives: Millis, rng: Rng): Visit[] {
  const visit = (at: Millis): Visit => ({ at, origin: rng.weighted(ORIGINS), pages: rng.weighted(PAGES).count })
  const first = visit(arrives)
  return rng.chance(0.22) ? [first, visit(arrives + rng.between(20, 300) * HOUR + rng.between(1, 900_000))] : [first]
}

const PAGES = [
  { weight: 6, count: 1 },
  { weight: 3, count: 2 },
  { weight: 1, count: 3 }
]

/** Before the migration, the email address is the user id. The migration aliases one user after the other. */
function idsOf(number: number, who: Person, signup: Millis, oldMail?: string): Journey['ids'] {
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

type Money = Pick<Journey, 'payments' | 'refunds' | 'cancel' | 'winBack'>

function trialHistory(signup: Millis, churnRate: number, rng: Rng): Money {
  const cancel = signup + rng.between(8, 40) * DAY + rng.between(1, 36_000_000)
  return { payments: [], refunds: [], cancel: rng.chance(churnRate * 0.5) && cancel < END ? cancel : undefined }
}

function paymentHistory(
  { person, plan }: Pick<Journey, 'person' | 'plan'>,
  signup: Millis,
  churnRate: number,
  rng: Rng
): Money {
  const currency = person.place.currency
  const amountFormat = rng.weighted(AMOUNT_FORMATS[currency])
  const bills = (from: Millis, count: number, firstFree: boolean): Bill[] =>
    Array.from({ length: count }, (_, month) => {
      const cents = month === 0 && firstFree ? 0 : plan.cents[currency]
      return { at: monthsLater(from, month), cents, currency, amountFormat, delay: 0 }
    }).filter(({ at }) => at < END)

  const first = signup + rng.weighted(TRIALS).days * DAY + rng.between(10, 240) * MINUTE
  const stays = !rng.chance(churnRate * 1.35)
  const months = stays ? 6 : rng.between(1, 3)
  const paid = bills(first, months, rng.chance(0.06))
  if (stays || paid.length < months) return withRefunds(paid, rng)

  const cancelsAtOnce = rng.chance(0.25)
  const last = paid[paid.length - 1]
  const cancel =
    last.at + (cancelsAtOnce ? rng.between(2, 9) * HOUR : rng.between(3, 24) * DAY) + rng.between(1, 900_000)
  if (cancel >= END) return withRefunds(paid, rng)
  // The billing system is late: the cancellation comes before the payment that it follows.
  const input = cancelsAtOnce ? [...paid.slice(0, -1), { ...last, delay: cancel - last.at + 3 * HOUR }] : paid
  const winBack = cancel + rng.between(15, 45) * DAY + rng.between(1, 900_000)
  if (!rng.chance(0.25) || winBack >= END) return { ...withRefunds(input, rng), cancel }
  return { ...withRefunds([...input, ...bills(winBack + 20 * MINUTE, 6, false)], rng), cancel, winBack }
}

const TRIALS = [
  { weight: 4, days: 0 },
  { weight: 2, days: 7 },
  { weight: 4, days: 14 }
]

/** All bills, and refunds of some of them. */
function withRefunds(bills: Bill[], rng: Rng): Money {
  const pairs = bills.map((bill) => refunded(bill, rng))
  return { payments: pairs.map(([payment]) => payment), refunds: pairs.flatMap(([, ...refund]) => refund) }
}

function refunded(payment: Bill, rng: Rng): [payment: Bill, ...refund: Bill[]] {
  const at = payment.at + rng.between(20, 200) * HOUR + rng.between(1, 900_000)
  if (payment.cents === 0 || !rng.chance(0.07) || at >= END) return [payment]
  const part = rng.chance(0.6) ? payment.cents : Math.floor(payment.cents / 2)
  const refund = { ...payment, at, delay: 0, cents: rng.chance(0.35) ? -part : part }
  const overtakes = payment.delay === 0 && rng.chance(0.3)
  return [overtakes ? { ...payment, delay: at - payment.at + 3 * HOUR } : payment, refund]
}

function sessionsOf(
  channel: Journey['channel'],
  signup: Millis,
  { payments, cancel, winBack }: Money,
  rng: Rng
): Session[] {
  const end = Math.min(winBack ? END : (cancel ?? END), signup + 120 * DAY)
  const hasPhone = channel !== 'web' || rng.chance(0.2)
  const count = payments.length > 0 ? rng.between(2, 7) : rng.between(0, 2)
  const session = (): Session => {
    const onPhone = hasPhone && (channel !== 'web' || rng.chance(0.4))
    return {
      at: signup + HOUR + rng.between(0, Math.max(0, end - signup - HOUR)),
      onPhone,
      logsIn: rng.chance(0.6),
      eventCount: rng.between(0, 2),
      delay: onPhone && rng.chance(0.15) ? rng.between(120, 2400) * MINUTE : 0
    }
  }
  return Array.from({ length: count }, session).sort((one, other) => one.at - other.at)
}

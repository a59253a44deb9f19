import { compareStrings, type Fields } from './lines'
import { add, divide, parseMoney, subtract, toAmounts, type Money, type Sums } from './money'
import { byTime, resolvePeople, type AcceptedCall, type Person } from './people'
import { firstTouch } from './first-touch'
import type { Amounts, Dashboard, FirstTouch, ReferenceUser } from './types'
import { attributesOf } from './verdicts'

/** What the dashboard must show of the accepted calls, and of each user. */
export function dashboard(accepted: AcceptedCall[], spend: Amounts): { dashboard: Dashboard; users: ReferenceUser[] } {
  const calls = [...accepted].sort(byTime)
  const byPerson = callsByPerson(calls)
  const users = [...byPerson].filter(([{ known }]) => known).map(([person, calls]) => userOf(person, calls))
  const customers = users.filter(({ customer }) => customer)
  const canceled = customers.filter(({ status }) => status === 'canceled').length
  const count = (action: AcceptedCall['action']) => calls.filter((call) => call.action === action).length
  return {
    dashboard: {
      visits: count('visit'),
      logins: count('login'),
      signups: count('signup'),
      events: count('event'),
      users: users.length,
      visitors: byPerson.size - users.length,
      customers: customers.length,
      canceled,
      churnRate: customers.length === 0 ? null : canceled / customers.length,
      ...moneyOf(calls),
      uac: divide(spend, count('signup')),
      sources: sourcesOf(customers)
    },
    users: users.sort((one, other) => compareStrings(one.id, other.id))
  }
}

function callsByPerson(calls: AcceptedCall[]): Map<Person, AcceptedCall[]> {
  const personOf = resolvePeople(calls)
  const byPerson = new Map<Person, AcceptedCall[]>()
  for (const accepted of calls) {
    const person = personOf(accepted)
    byPerson.set(person, [...(byPerson.get(person) ?? []), accepted])
  }
  return byPerson
}

const userOf = ({ id }: Person, calls: AcceptedCall[]): ReferenceUser => ({
  id,
  customer: calls.some(({ action }) => ['signup', 'payment', 'cancel'].includes(action)),
  status:
    calls.filter(({ action }) => ['signup', 'cancel'].includes(action)).pop()?.action === 'cancel'
      ? 'canceled'
      : 'active',
  attributes: attributesIn(calls),
  ...moneyOf(calls),
  firstTouch: firstTouch(calls)
})

function attributesIn(calls: AcceptedCall[]): Fields {
  const attributes = new Map<string, unknown>()
  for (const { action, call } of calls) {
    if (action === 'alias') attributes.set('previous_id', call.previousId)
    if (action !== 'login' && action !== 'attribute') continue
    for (const [name, value] of Object.entries(attributesOf(call))) {
      if (value === null) attributes.delete(name)
      else attributes.set(name, value)
    }
  }
  return Object.fromEntries([...attributes].sort(([one], [other]) => compareStrings(one, other)))
}

function moneyOf(calls: AcceptedCall[]): Record<'earnings' | 'refunds' | 'revenue', Amounts> {
  const earnings: Sums = new Map()
  const refunds: Sums = new Map()
  for (const { action, call } of calls) {
    if (action === 'payment') add(earnings, parseMoney(call) as Money)
    if (action === 'refund') add(refunds, absolute(parseMoney(call) as Money))
  }
  return { earnings: toAmounts(earnings), refunds: toAmounts(refunds), revenue: toAmounts(subtract(earnings, refunds)) }
}

const absolute = ({ hundredths, currency }: Money): Money => ({
  hundredths: hundredths < 0n ? -hundredths : hundredths,
  currency
})

function sourcesOf(customers: ReferenceUser[]): Dashboard['sources'] {
  const label = ({ kind, source, medium, name, host }: FirstTouch) => JSON.stringify([kind, source, medium, name, host])
  const counts = new Map<string, FirstTouch & { customers: number }>()
  for (const { firstTouch } of customers) {
    const row = counts.get(label(firstTouch)) ?? { ...firstTouch, customers: 0 }
    counts.set(label(firstTouch), { ...row, customers: row.customers + 1 })
  }
  return [...counts.values()].sort(
    (one, other) => other.customers - one.customers || compareStrings(label(one), label(other))
  )
}

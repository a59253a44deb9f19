import { compare, type Fields } from './lines'
import { add, amounts, less, money, share, type Money, type Sums } from './money'
import { inTime, whoIsWho, type Happening, type Person } from './people'
import { firstTouch } from './touch'
import type { Amounts, Dashboard, FirstTouch, ReferenceUser } from './types'
import { attributesOf } from './verdicts'

/** What the panel must show of the calls that count, and of each user. */
export function dashboard(calls: Happening[], spend: Amounts): { dashboard: Dashboard; users: ReferenceUser[] } {
  const happenings = [...calls].sort(inTime)
  const lives = livesOf(happenings)
  const users = [...lives].filter(([{ known }]) => known).map(([person, life]) => userOf(person, life))
  const customers = users.filter(({ customer }) => customer)
  const canceled = customers.filter(({ status }) => status === 'canceled').length
  const count = (action: Happening['action']) => happenings.filter((happening) => happening.action === action).length
  return {
    dashboard: {
      visits: count('visit'),
      logins: count('login'),
      signups: count('signup'),
      events: count('event'),
      users: users.length,
      visitors: lives.size - users.length,
      customers: customers.length,
      canceled,
      churnRate: customers.length === 0 ? null : canceled / customers.length,
      ...moneyOf(happenings),
      uac: share(spend, count('signup')),
      sources: sourcesOf(customers)
    },
    users: users.sort((one, other) => compare(one.id, other.id))
  }
}

/** What happened to each person, in time. */
function livesOf(happenings: Happening[]): Map<Person, Happening[]> {
  const personOf = whoIsWho(happenings)
  const lives = new Map<Person, Happening[]>()
  for (const happening of happenings) {
    const person = personOf(happening)
    lives.set(person, [...(lives.get(person) ?? []), happening])
  }
  return lives
}

const userOf = ({ id }: Person, life: Happening[]): ReferenceUser => ({
  id,
  customer: life.some(({ action }) => ['signup', 'payment', 'cancel'].includes(action)),
  status:
    life.filter(({ action }) => ['signup', 'cancel'].includes(action)).pop()?.action === 'cancel'
      ? 'canceled'
      : 'active',
  attributes: attributesIn(life),
  ...moneyOf(life),
  firstTouch: firstTouch(life)
})

function attributesIn(life: Happening[]): Fields {
  const attributes = new Map<string, unknown>()
  for (const { action, call } of life) {
    if (action === 'alias') attributes.set('previous_id', call.previousId)
    if (action !== 'login' && action !== 'attribute') continue
    for (const [name, value] of Object.entries(attributesOf(call))) {
      if (value === null) attributes.delete(name)
      else attributes.set(name, value)
    }
  }
  return Object.fromEntries([...attributes].sort(([one], [other]) => compare(one, other)))
}

function moneyOf(life: Happening[]): Record<'earnings' | 'refunds' | 'revenue', Amounts> {
  const earnings: Sums = new Map()
  const refunds: Sums = new Map()
  for (const { action, call } of life) {
    if (action === 'payment') add(earnings, money(call) as Money)
    if (action === 'refund') add(refunds, withoutSign(money(call) as Money))
  }
  return { earnings: amounts(earnings), refunds: amounts(refunds), revenue: amounts(less(earnings, refunds)) }
}

const withoutSign = ({ hundredths, currency }: Money): Money => ({
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
  return [...counts.values()].sort((one, other) => other.customers - one.customers || compare(label(one), label(other)))
}

import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import { reference, type Amounts, type FirstTouch, type Reference } from '@tractionboard/testing/reference'
import { testFolder } from '@tractionboard/testing/test-folder'
import type { Sandbox, User } from '@tractionboard/sandbox'
import type { Fields } from '@tractionboard/testing/call-builder'

/** What the independent reference makes of calls, in this order. */
export function expectedOf(calls: Fields[], spend: Amounts): Reference {
  const folder = testFolder()
  try {
    const file = folder.write('calls.json.gz', gzipSync(calls.map((call) => JSON.stringify(call)).join('\n')))
    return reference([file], spend)
  } finally {
    folder.remove()
  }
}

/** Numbers that must be the same, by a name for people. */
export type Numbers = Record<string, unknown>

/** The names of the numbers that differ, with both values. */
export const differences = (found: Numbers, right: Numbers): string[] =>
  Object.keys({ ...found, ...right })
    .filter((name) => !isDeepStrictEqual(plain(found[name]), plain(right[name])))
    .map((name) => `${name}: ${JSON.stringify(found[name])} instead of ${JSON.stringify(right[name])}`)

/** The same value with no prototypes but those of JSON. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown)

/** What a sandbox shows, in the words of the reference. */
export function shownBy(sandbox: Sandbox): Numbers {
  const { custom_events, churn_rate, sources, spend: _spend, uac, ...rest } = sandbox.dashboard()
  return {
    ...rest,
    events: custom_events,
    churnRate: churn_rate,
    // Without signups, the one says that there is no UAC, and the other says nothing.
    uac: Object.fromEntries(Object.entries(uac).filter(([, amount]) => amount !== null)),
    sources: sources
      .filter(({ customers }) => customers > 0)
      .map(({ kind, source, medium, campaign, customers }) => [kind, source, medium, campaign, customers])
      .map((row) => JSON.stringify(row))
      .sort(),
    ...Object.fromEntries(sandbox.users().map((user) => [`user ${user.external_user_id}`, userShown(user)]))
  }
}

const userShown = ({ status, attributes, earnings, refunds, revenue, first_touch }: User) => ({
  status,
  attributes,
  earnings,
  refunds,
  revenue,
  firstTouch:
    first_touch.kind === 'campaign'
      ? [first_touch.source, first_touch.medium, first_touch.name]
      : [first_touch.kind, first_touch.kind === 'referral' ? first_touch.host : null]
})

/** What the sandbox must show. */
export function expectedShown({ dashboard, users }: Reference): Numbers {
  const { churnRate, sources, ...rest } = dashboard
  return {
    ...rest,
    churnRate: churnRate ?? 0,
    sources: sources
      .map(({ kind, source, medium, name, host, customers }) => [kind, source ?? host, medium, name, customers])
      .map((row) => JSON.stringify(row))
      .sort(),
    ...Object.fromEntries(
      users.map(({ id, status, attributes, earnings, refunds, revenue, firstTouch }) => [
        `user ${id}`,
        { status, attributes, earnings, refunds, revenue, firstTouch: touch(firstTouch) }
      ])
    )
  }
}

const touch = ({ kind, source, medium, name, host }: FirstTouch) =>
  kind === 'campaign' ? [source, medium, name] : [kind, host]

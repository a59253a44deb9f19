import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import { reference, type Amounts, type FirstTouch, type Reference } from '@tractionboard/testing/reference'
import { testFolder } from '@tractionboard/testing/test-folder'
import type { Sandbox, User } from '@tractionboard/sandbox'
import type { Fields } from '@tractionboard/testing/call-builder'

/** What the independent reference computes from calls in this order. */
export function expectedOf(calls: Fields[], spend: Amounts): Reference {
  const folder = testFolder()
  try {
    const file = folder.write('calls.json.gz', gzipSync(calls.map((call) => JSON.stringify(call)).join('\n')))
    return reference([file], spend)
  } finally {
    folder.remove()
  }
}

/** Values to compare, by a name that people can read. */
export type Numbers = Record<string, unknown>

/** Each value that differs, with both sides, in words. */
export const differences = (found: Numbers, right: Numbers): string[] =>
  Object.keys({ ...found, ...right })
    .filter((name) => !isDeepStrictEqual(plain(found[name]), plain(right[name])))
    .map((name) => `${name}: ${JSON.stringify(found[name])} instead of ${JSON.stringify(right[name])}`)

/** The same value as JSON has it, so that prototypes make no difference. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown)

/** What a sandbox shows, under the reference's names. */
export function shownBy(sandbox: Sandbox): Numbers {
  const { custom_events, churn_rate, sources, spend: _spend, uac, ...rest } = sandbox.dashboard()
  return {
    ...rest,
    events: custom_events,
    churnRate: churn_rate,
    // Without signups, the sandbox has null and the reference has no member.
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

/** What the reference says that a sandbox must show. */
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

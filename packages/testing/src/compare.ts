import { isDeepStrictEqual } from 'node:util'
import type { Sandbox } from '@tractionboard/sandbox'
import type { Dashboard, FirstTouch, Reference } from './reference'

type Json = Record<string, unknown>

/**
 * What a sandbox shows otherwise than the reference says, a sentence each: nothing if all numbers are right.
 *
 * It compares every member of the reference's dashboard and users, and no other that the sandbox has. The order of
 * `sources` is free.
 */
export function differences(
  sandbox: Pick<Sandbox, 'dashboard' | 'users'>,
  { dashboard, users }: Pick<Reference, 'dashboard' | 'users'>
): string[] {
  const shown = sandbox.dashboard() as unknown as Json & Pick<Dashboard, 'sources'>
  const shownUsers = sandbox.users() as unknown as Reference['users']
  return [
    ...unequal(
      'dashboard',
      { ...shown, sources: byName(shown.sources) },
      { ...dashboard, sources: byName(dashboard.sources) }
    ),
    ...unequal(
      'users',
      Object.fromEntries(shownUsers.map((user) => [user.external_user_id, withTouch(user)])),
      Object.fromEntries(users.map((user) => [user.external_user_id, withTouch(user)])),
      shownUsers.map(({ external_user_id }) => external_user_id)
    )
  ]
}

/** The members of `right`, and the other members that must not be there, whose values differ. */
function unequal(path: string, found: Json, right: Json, others: string[] = []): string[] {
  return [...new Set([...Object.keys(right), ...others])].flatMap((name) => {
    const [one, other] = [plain(found[name]), plain(right[name])]
    return isDeepStrictEqual(one, other)
      ? []
      : [`${path}.${name}: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`]
  })
}

/** The same value with no prototypes but those of JSON. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

const byName = (rows: Dashboard['sources']) =>
  rows
    .map(({ name, kind, source, medium, campaign, people, signups, people_signed_up, customers, revenue }) => ({
      name,
      kind,
      source,
      medium,
      campaign,
      people,
      signups,
      people_signed_up,
      customers,
      revenue
    }))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))

const withTouch = ({ status, attributes, earnings, refunds, revenue, first_touch }: Reference['users'][number]) => {
  const { kind, source = null, medium = null, name = null, host = null }: Partial<FirstTouch> = first_touch
  return { status, attributes, earnings, refunds, revenue, first_touch: { kind, source, medium, name, host } }
}

import { parseFql, type Subscription } from '@segment/destination-subscriptions'
import type { Mapping } from './router'

/** An event name that was probably meant to be another one, which has a mapping of its own. */
export interface NearMiss {
  /** The name that the mapping asks for. */
  meant: string
  /** The mappings that ask for it. */
  mappings: string[]
  /** `spelling`: only case, separators, the order of words or one letter differ. `meaning`: another name for the same. */
  kind: 'spelling' | 'meaning'
}

/**
 * Names that tracking plans use for the same event, many of them from Segment's spec or from what payment providers send.
 *
 * @see https://segment.com/docs/connections/spec/ecommerce/v2/
 * @see https://segment.com/docs/connections/spec/b2b-saas/
 */
const SAME_MEANING = [
  [
    'Payment Made',
    'Order Completed',
    'Completed Order',
    'Order Paid',
    'Order Placed',
    'Purchase',
    'Purchased',
    'Purchase Completed',
    'Product Purchased',
    'Payment',
    'Payment Completed',
    'Payment Received',
    'Payment Succeeded',
    'Payment Successful',
    'Charge Succeeded',
    'Checkout Completed',
    'Invoice Paid',
    'Invoice Payment Succeeded',
    'Subscription Paid',
    'Subscription Renewed',
    'Transaction Completed'
  ],
  [
    'Refund Received',
    'Order Refunded',
    'Payment Refunded',
    'Charge Refunded',
    'Purchase Refunded',
    'Refund',
    'Refunded',
    'Refund Completed',
    'Refund Created',
    'Refund Issued',
    'Refund Made'
  ],
  [
    'cancel',
    'canceled',
    'cancelled',
    'cancellation',
    'Account Canceled',
    'Account Cancelled',
    'Account Deleted',
    'Membership Canceled',
    'Membership Cancelled',
    'Plan Canceled',
    'Plan Cancelled',
    'Subscription Canceled',
    'Subscription Cancelled',
    'Subscription Deleted',
    'Subscription Ended',
    'Churned',
    'Unsubscribed'
  ],
  [
    'signup',
    'Signed Up',
    'Account Created',
    'User Signed Up',
    'User Created',
    'User Registered',
    'Registered',
    'Registration',
    'Registration Completed',
    'Signup Completed',
    'Sign Up Completed'
  ]
]

/** The shortest name, in letters and digits, for which one other letter is taken for a slip. */
const MIN_LENGTH_FOR_SLIPS = 5

/**
 * Makes a function that tells whether the name of a track call looks like a name that a mapping asks for, but is not it,
 * so that the call is no more than a custom event, or is not sent at all.
 *
 * @param mappings their triggers say which names matter: those after `event =`.
 * @returns a function that takes the name of an event. It returns undefined if the name is one that a mapping asks for, or
 *   looks like none.
 * @example nearMisses(mappingsOf(tractionboard))('payment_made') // { meant: 'Payment Made', kind: 'spelling', … }
 */
export function nearMisses(mappings: Mapping[]): (event: string) => NearMiss | undefined {
  const askedFor = new Map<string, string[]>()
  for (const { name, partnerAction, subscribe } of mappings) {
    for (const event of new Set(eventsIn(parseFql(subscribe)))) {
      askedFor.set(event, [...(askedFor.get(event) ?? []), name ?? partnerAction])
    }
  }
  const names = [...askedFor].map(([meant, askedBy]) => ({ meant, mappings: askedBy, form: formOf(meant) }))
  const groups = SAME_MEANING.map((group) => new Set(group.map((name) => formOf(name).joined)))

  return (event) => {
    if (askedFor.has(event)) return undefined
    const form = formOf(event)
    if (form.joined === '') return undefined
    const find = (isAlike: (other: Form) => boolean, kind: NearMiss['kind']): NearMiss | undefined => {
      const found = names.find((name) => isAlike(name.form))
      return found && { meant: found.meant, mappings: found.mappings, kind }
    }
    return (
      find((other) => other.joined === form.joined || other.sorted === form.sorted, 'spelling') ??
      find((other) => groups.some((group) => group.has(form.joined) && group.has(other.joined)), 'meaning') ??
      find((other) => other.joined.length >= MIN_LENGTH_FOR_SLIPS && isOneEdit(other.joined, form.joined), 'spelling')
    )
  }
}

/** The names after `event =`, whatever surrounds them. */
function eventsIn(subscription: Subscription): string[] {
  if ('error' in subscription) return []
  return (subscription.children ?? []).flatMap((condition): string[] => {
    if (condition.type === 'group') return eventsIn(condition)
    return condition.type === 'event' && condition.operator === '=' ? [String(condition.value)] : []
  })
}

/** A name without what people write differently. */
interface Form {
  /** Its letters and digits, in lower case. */
  joined: string
  /** The same, its words in alphabetical order. */
  sorted: string
}

function formOf(name: string): Form {
  const words = name
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  return { joined: words.join(''), sorted: [...words].sort().join(' ') }
}

/** Whether one character is missing, added or another one, or two that stand together are swapped. */
function isOneEdit(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start += 1
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return (restA.length <= 1 && restB.length <= 1) || (restA.length === 2 && restA === restB[1] + restB[0])
}

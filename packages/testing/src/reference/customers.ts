import type { Event } from './events'
import { monthOf } from './time'
import type { MonthRow } from './types'

/** Someone who ever signed up, paid or canceled. */
export interface Customer {
  /** The signups, payments and cancels, sorted by time. */
  events: Event[]
}

/** The customer that a user's events make, or undefined. */
export function customerOf(events: Event[]): Customer | undefined {
  const decisive = events.filter(({ action }) => ['signup', 'payment', 'cancel'].includes(action))
  return decisive.length > 0 ? { events: decisive } : undefined
}

/** A customer is active until a cancel, and again after a signup or a payment. */
export const isCanceled = ({ events }: Customer): boolean => events[events.length - 1].action === 'cancel'

/** What became of the customers in a month. The churn rate is Stripe's: see docs/metrics.md. */
export function churnIn(month: string, customers: Customer[]): Omit<MonthRow, 'spend' | 'people_signed_up' | 'uac'> {
  const courses = customers.map((customer) => courseIn(month, customer))
  const count = (member: keyof Course) => courses.filter((course) => course[member]).length
  const counts = { active_at_start: count('activeAtStart'), new: count('becameActive'), canceled: count('canceled') }
  const active = counts.active_at_start + counts.new
  return { month, ...counts, churn_rate: active === 0 ? null : counts.canceled / active }
}

interface Course {
  activeAtStart: boolean
  /** Was not active at the start, and became so. */
  becameActive: boolean
  /** Canceled while active. */
  canceled: boolean
}

function courseIn(month: string, { events }: Customer): Course {
  // Whose first event is a cancel was active before.
  let active = events[0].action === 'cancel'
  for (const { at, action } of events) if (monthOf(at) < month) active = action !== 'cancel'
  const course = { activeAtStart: active, becameActive: false, canceled: false }
  for (const { at, action } of events) {
    if (monthOf(at) !== month) continue
    if (active && action === 'cancel') course.canceled = true
    if (!active && action !== 'cancel' && !course.activeAtStart) course.becameActive = true
    active = action !== 'cancel'
  }
  return course
}

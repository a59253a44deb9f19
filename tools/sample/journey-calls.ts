import {
  rawCall,
  type Call,
  type Fields,
  type Library,
  type Timing,
  type CallInput
} from '@tractionboard/testing/call-builder'
import { iosContext, page, webContext } from './contexts'
import { WIN_BACK, COMPANY, CUSTOMERS, PRODUCT_EVENTS, PLANS, type Campaign } from './company'
import type { Bill, Journey, Session, Visit } from './journeys'
import type { Rng } from '@tractionboard/testing/random'
import { rngFor } from './streams'
import { DAY, HOUR, MINUTE, SECOND, toIso, type Millis } from '@tractionboard/testing/time'

/** Builds calls of one library in one context. */
type CallBuilder = (input: Omit<CallInput, 'context'>, timing: Timing) => Call

/** All calls of one visitor. */
export function journeyCalls(journey: Journey): Call[] {
  const rng = rngFor('calls', journey.number)
  const builderFor = (library: Library, context: Fields): CallBuilder => {
    const device = library === 'ios' ? journey.phone : library === 'web' ? journey.browser : undefined
    const ids = device && { anonymousId: device.anonymousId }
    return (input, timing) =>
      rawCall(library, { ...ids, ...input, context } as CallInput, { skew: device?.skew, ...timing }, rng)
  }
  return [
    ...journey.visits.flatMap((visit) => visitCalls(journey, visit, builderFor, rng)),
    ...newsletterCalls(journey, builderFor),
    ...signupCalls(journey, builderFor, rng),
    ...idChangeCalls(journey, builderFor),
    ...journey.sessions.flatMap((session) => sessionCalls(journey, session, builderFor, rng)),
    ...journey.payments.map((bill) => moneyCall('Payment Made', journey, bill, builderFor, rng)),
    ...journey.refunds.map((bill) => moneyCall('Refund Received', journey, bill, builderFor, rng)),
    ...cancelCalls(journey, builderFor, rng),
    ...winBackCalls(journey, builderFor, rng)
  ]
}

/** The user's id at a time. A phone that still uses the earlier id is late by `lag` milliseconds. */
export function userIdAt({ ids }: Journey, at: Millis, lag = 0): string {
  return (
    [...ids].reverse().find(({ since }, index) => since + (index < ids.length - 1 ? lag : 0) <= at)?.id ?? ids[0].id
  )
}

type BuilderFor = (library: Library, context: Fields) => CallBuilder

/** The user id of an anonymous visitor: analytics.js sends null, the iOS library leaves it out. */
const ANONYMOUS = { web: { userId: null }, ios: {} }

function visitCalls(journey: Journey, { at, origin, pages }: Visit, builderFor: BuilderFor, rng: Rng): Call[] {
  if (journey.channel === 'ios') return [screenCall(journey, 'Welcome', builderFor, { at })]
  const onward = ['/pricing', '/features', '/templates'].filter((path) => path !== origin.landing)
  const paths = [origin.landing, ...onward].slice(0, pages)
  return paths.map((path, step) => {
    const viewed =
      step === 0 ? page(path, origin.referrer, origin.campaign) : page(path, COMPANY.site + paths[step - 1])
    return pageCall(
      journey,
      viewed,
      builderFor,
      rng,
      { at: at + (step * 90 + rng.between(0, 80)) * SECOND + step },
      step === 0 ? origin.campaign : undefined
    )
  })
}

function pageCall(
  journey: Journey,
  viewed: ReturnType<typeof page>,
  builderFor: BuilderFor,
  rng: Rng,
  timing: Timing,
  campaign?: Campaign,
  userId?: string
): Call {
  // Some versions of the library send an empty campaign where there is none, and some calls have the page in context only.
  const named = campaign ?? (rng.chance(0.3) ? {} : undefined)
  const properties = rng.chance(0.03) ? {} : viewed
  const input = { type: 'page', name: viewed.title, properties, ...(userId ? { userId } : ANONYMOUS.web) }
  return builderFor('web', webContext(journey.person, journey.browser, viewed, named))(input, timing)
}

const screenCall = (journey: Journey, name: string, builderFor: BuilderFor, timing: Timing, userId?: string): Call =>
  builderFor('ios', iosContext(journey.person, journey.phone))(
    { type: 'screen', name, properties: {}, ...(userId ? { userId } : ANONYMOUS.ios) },
    timing
  )

function newsletterCalls({ newsletter, person, browser, visits }: Journey, builderFor: BuilderFor): Call[] {
  if (!newsletter) return []
  const { landing, campaign, referrer } = visits[0].origin
  const context = webContext(person, browser, page(landing, referrer, campaign), campaign)
  const traits = { email: person.mail, newsletter: true, interests: ['templates', 'meetings'] }
  return [builderFor('web', context)({ type: 'identify', traits, userId: null }, { at: newsletter })]
}

function signupCalls(journey: Journey, builderFor: BuilderFor, rng: Rng): Call[] {
  const { signup, channel, plan, person } = journey
  if (!signup) return []
  const userId = userIdAt(journey, signup)
  const visited = journey.visits[journey.visits.length - 1].origin
  // Most visitors reach the sign-up page with the UTM parameters of their visit.
  const campaign = channel === 'web' && rng.chance(0.7) ? visited.campaign : undefined
  const form = page('/signup', COMPANY.site + visited.landing, campaign)
  const context = {
    web: () => webContext(person, journey.browser, form, campaign),
    ios: () => iosContext(person, journey.phone),
    sales: () => ({})
  }[channel]()
  const build = builderFor(channel === 'sales' ? 'server' : channel, context)
  const signupCall = { type: 'track', event: 'signup', properties: { plan: plan.name, method: 'email' }, userId }
  const formViews =
    channel === 'web' ? [pageCall(journey, form, builderFor, rng, { at: signup - 40 * SECOND }, campaign)] : []
  return [
    ...formViews,
    ...(journey.invited ? [] : [build(signupCall, { at: signup })]),
    build({ type: 'identify', traits: traits(journey, signup), userId }, { at: signup + 2 * SECOND }),
    ...aliasAtSignup(journey, userId, builderFor, rng),
    ...(plan.team ? groupCalls(journey, userId, build, rng) : [])
  ]
}

/** Sales alias the visitor to the user, and so do some apps at sign-up, as Segment's docs once advised. */
function aliasAtSignup(
  { channel, signup = 0, browser, phone, person }: Journey,
  userId: string,
  builderFor: BuilderFor,
  rng: Rng
): Call[] {
  if (channel === 'sales') {
    const input = { type: 'alias', previousId: browser.anonymousId, userId }
    return [builderFor('server', {})(input, { at: signup + 10 * MINUTE })]
  }
  if (channel === 'web' || !rng.chance(0.4)) return []
  const input = { type: 'alias', previousId: phone.anonymousId, userId }
  return [builderFor('ios', iosContext(person, phone))(input, { at: signup + SECOND })]
}

function groupCalls({ person, plan, signup = 0 }: Journey, userId: string, build: CallBuilder, rng: Rng): Call[] {
  const { name, domain, industry, employees } = CUSTOMERS[person.employer]
  const groupId = `acct_${100 + person.employer}`
  const grown = employees + rng.between(0, 6)
  const traits = { name, industry, employees: grown, plan: plan.name, website: `https://${domain}` }
  return [build({ type: 'group', groupId, traits, userId }, { at: signup + 5 * SECOND })]
}

function idChangeCalls(journey: Journey, builderFor: BuilderFor): Call[] {
  return journey.ids.slice(1).map(({ id, since }, index) => {
    const input = { type: 'alias', previousId: journey.ids[index].id, userId: id }
    return builderFor('server', {})(input, { at: since })
  })
}

/** The traits of a login. Null removes the end of the trial once the user pays. */
function traits({ person, plan, signup = 0, payments, sessions }: Journey, at: Millis): Fields {
  const { city, country } = person.place
  const pays = payments.some((payment) => payment.at < at)
  return {
    name: `${person.first} ${person.last}`,
    email: person.mail,
    createdAt: toIso(signup),
    plan: plan.name,
    address: { city, country },
    preferences: { editor: { theme: person.employer % 2 ? 'dark' : 'light', fontSize: 14 }, digest: 'weekly' },
    logins: sessions.filter((session) => session.logsIn && session.at <= at).length,
    trialEndsAt: pays ? null : toIso(signup + 14 * DAY)
  }
}

function sessionCalls(
  journey: Journey,
  { at, onPhone, logsIn, eventCount, delay }: Session,
  builderFor: BuilderFor,
  rng: Rng
): Call[] {
  const userId = userIdAt(journey, at, onPhone ? 60 * HOUR : 0)
  const viewed = page(rng.chance(0.8) ? '/app/notes' : '/app/reports')
  const build = onPhone
    ? builderFor('ios', iosContext(journey.person, journey.phone))
    : builderFor('web', webContext(journey.person, journey.browser, viewed))
  const seen = { at: at + 3 * SECOND, delay }
  const login = build({ type: 'identify', traits: traits(journey, at), userId }, { at, delay })
  return [
    ...(logsIn ? [login] : []),
    onPhone
      ? screenCall(journey, 'Notes', builderFor, seen, userId)
      : pageCall(journey, viewed, builderFor, rng, seen, undefined, userId),
    ...Array.from({ length: eventCount }, (_, index) => {
      const { event, properties } = rng.weighted(PRODUCT_EVENTS)
      const chosen = Object.entries(properties).map(([name, values]) => [name, rng.pick(values)])
      const input = { type: 'track', event, properties: Object.fromEntries(chosen) as Fields, userId }
      return build(input, { at: at + (index * 240 + rng.between(25, 240)) * SECOND, delay })
    })
  ]
}

function moneyCall(
  event: string,
  journey: Journey,
  { at, cents, currency, amountFormat, delay }: Bill,
  builderFor: BuilderFor,
  rng: Rng
): Call {
  const amount = amountFormat.text ? (cents / 100).toFixed(2) : cents / 100
  const code = { upper: { currency }, lower: { currency: currency.toLowerCase() }, none: {} }[amountFormat.currency]
  const properties = {
    [amountFormat.field]: amount,
    ...code,
    invoice: `in_${rng.between(100_000, 999_999)}`,
    plan: journey.plan.name
  }
  return builderFor('server', {})({ type: 'track', event, properties, userId: userIdAt(journey, at) }, { at, delay })
}

function cancelCalls(journey: Journey, builderFor: BuilderFor, rng: Rng): Call[] {
  if (!journey.cancel) return []
  const reason = rng.pick(['too expensive', 'missing features', 'not used', 'other'])
  const input = { type: 'track', event: 'cancel', properties: { reason }, userId: userIdAt(journey, journey.cancel) }
  return [builderFor('server', {})(input, { at: journey.cancel })]
}

function winBackCalls(journey: Journey, builderFor: BuilderFor, rng: Rng): Call[] {
  const { winBack, person, browser } = journey
  if (!winBack) return []
  const viewed = page('/pricing', 'https://webmail.example/inbox', WIN_BACK)
  const build = builderFor('web', webContext(person, browser, page('/signup', viewed.url, WIN_BACK), WIN_BACK))
  const userId = userIdAt(journey, winBack)
  const properties = { plan: PLANS[0].name, method: 'email', again: true }
  return [
    pageCall(journey, viewed, builderFor, rng, { at: winBack - 2 * MINUTE }, WIN_BACK, userId),
    build({ type: 'track', event: 'signup', properties, userId }, { at: winBack }),
    build({ type: 'identify', traits: traits(journey, winBack), userId }, { at: winBack + 2 * SECOND })
  ]
}

import {
  rawCall,
  type Call,
  type Fields,
  type Library,
  type Timing,
  type Told
} from '@tractionboard/testing/call-builder'
import { iosContext, page, webContext } from './contexts'
import { COME_BACK, COMPANY, CUSTOMERS, DEEDS, PLANS, type Campaign } from './company'
import type { Bill, Plot, Session, Visit } from './journeys'
import type { Rng } from '@tractionboard/testing/random'
import { rngFor } from './streams'
import { DAY, HOUR, MINUTE, SECOND, iso, type Moment } from '@tractionboard/testing/time'

/** A way to make a call: by which library, with what around it. */
type Teller = (told: Omit<Told, 'context'>, timing: Timing) => Call

/** Everything that one visitor does, told as the calls that Segment gets of it. */
export function life(plot: Plot): Call[] {
  const rng = rngFor('calls', plot.number)
  const tell = (library: Library, context: Fields): Teller => {
    const device = library === 'ios' ? plot.phone : library === 'web' ? plot.browser : undefined
    const ids = device && { anonymousId: device.anonymousId }
    return (told, timing) =>
      rawCall(library, { ...ids, ...told, context } as Told, { skew: device?.skew, ...timing }, rng)
  }
  return [
    ...plot.visits.flatMap((visit) => browsing(plot, visit, tell, rng)),
    ...subscribing(plot, tell),
    ...signingUp(plot, tell, rng),
    ...changingIds(plot, tell),
    ...plot.sessions.flatMap((session) => using(plot, session, tell, rng)),
    ...plot.payments.map((bill) => billing('Payment Made', plot, bill, tell, rng)),
    ...plot.refunds.map((bill) => billing('Refund Received', plot, bill, tell, rng)),
    ...leaving(plot, tell, rng),
    ...comingBack(plot, tell, rng)
  ]
}

/** The user's id at a moment. An app that still remembers the id of before is late by `lag`. */
export function userIdAt({ ids }: Plot, at: Moment, lag = 0): string {
  return (
    [...ids].reverse().find(({ since }, index) => since + (index < ids.length - 1 ? lag : 0) <= at)?.id ?? ids[0].id
  )
}

type Tell = (library: Library, context: Fields) => Teller

/** In the browser nobody is `null`; the app leaves the user id out. */
const NOBODY = { web: { userId: null }, ios: {} }

function browsing(plot: Plot, { at, origin, pages }: Visit, tell: Tell, rng: Rng): Call[] {
  if (plot.by === 'ios') return [screen(plot, 'Welcome', tell, { at })]
  const onward = ['/pricing', '/features', '/templates'].filter((path) => path !== origin.landing)
  const paths = [origin.landing, ...onward].slice(0, pages)
  return paths.map((path, step) => {
    const came = step === 0 ? page(path, origin.referrer, origin.campaign) : page(path, COMPANY.site + paths[step - 1])
    return view(
      plot,
      came,
      tell,
      rng,
      { at: at + (step * 90 + rng.between(0, 80)) * SECOND + step },
      step === 0 ? origin.campaign : undefined
    )
  })
}

function view(
  plot: Plot,
  came: ReturnType<typeof page>,
  tell: Tell,
  rng: Rng,
  timing: Timing,
  campaign?: Campaign,
  userId?: string
): Call {
  // Some versions of the library send an empty campaign where there is none, and some pages are told by context alone.
  const named = campaign ?? (rng.chance(0.3) ? {} : undefined)
  const properties = rng.chance(0.03) ? {} : came
  const told = { type: 'page', name: came.title, properties, ...(userId ? { userId } : NOBODY.web) }
  return tell('web', webContext(plot.person, plot.browser, came, named))(told, timing)
}

const screen = (plot: Plot, name: string, tell: Tell, timing: Timing, userId?: string): Call =>
  tell('ios', iosContext(plot.person, plot.phone))(
    { type: 'screen', name, properties: {}, ...(userId ? { userId } : NOBODY.ios) },
    timing
  )

function subscribing({ newsletter, person, browser, visits }: Plot, tell: Tell): Call[] {
  if (!newsletter) return []
  const { landing, campaign, referrer } = visits[0].origin
  const context = webContext(person, browser, page(landing, referrer, campaign), campaign)
  const traits = { email: person.mail, newsletter: true, interests: ['templates', 'meetings'] }
  return [tell('web', context)({ type: 'identify', traits, userId: null }, { at: newsletter })]
}

function signingUp(plot: Plot, tell: Tell, rng: Rng): Call[] {
  const { signup, by, plan, person } = plot
  if (!signup) return []
  const userId = userIdAt(plot, signup)
  const visited = plot.visits[plot.visits.length - 1].origin
  // The site hands the campaign on to the sign-up page, unless the visitor wandered about.
  const campaign = by === 'web' && rng.chance(0.7) ? visited.campaign : undefined
  const form = page('/signup', COMPANY.site + visited.landing, campaign)
  const context = {
    web: () => webContext(person, plot.browser, form, campaign),
    ios: () => iosContext(person, plot.phone),
    sales: () => ({})
  }[by]()
  const say = tell(by === 'sales' ? 'server' : by, context)
  const signupCall = { type: 'track', event: 'signup', properties: { plan: plan.name, method: 'email' }, userId }
  const nobodys = by === 'web' ? [view(plot, form, tell, rng, { at: signup - 40 * SECOND }, campaign)] : []
  return [
    ...nobodys,
    ...(plot.invited ? [] : [say(signupCall, { at: signup })]),
    say({ type: 'identify', traits: traits(plot, signup), userId }, { at: signup + 2 * SECOND }),
    ...claiming(plot, userId, tell, rng),
    ...(plan.team ? joining(plot, userId, say, rng) : [])
  ]
}

/** Sales know which visitor it was, and some apps still alias at sign-up, as was once the advice. */
function claiming({ by, signup = 0, browser, phone, person }: Plot, userId: string, tell: Tell, rng: Rng): Call[] {
  if (by === 'sales') {
    const told = { type: 'alias', previousId: browser.anonymousId, userId }
    return [tell('server', {})(told, { at: signup + 10 * MINUTE })]
  }
  if (by === 'web' || !rng.chance(0.4)) return []
  const told = { type: 'alias', previousId: phone.anonymousId, userId }
  return [tell('ios', iosContext(person, phone))(told, { at: signup + SECOND })]
}

function joining({ person, plan, signup = 0 }: Plot, userId: string, say: Teller, rng: Rng): Call[] {
  const { name, domain, industry, employees } = CUSTOMERS[person.employer]
  const groupId = `acct_${100 + person.employer}`
  const grown = employees + rng.between(0, 6)
  const traits = { name, industry, employees: grown, plan: plan.name, website: `https://${domain}` }
  return [say({ type: 'group', groupId, traits, userId }, { at: signup + 5 * SECOND })]
}

function changingIds(plot: Plot, tell: Tell): Call[] {
  return plot.ids.slice(1).map(({ id, since }, index) => {
    const told = { type: 'alias', previousId: plot.ids[index].id, userId: id }
    return tell('server', {})(told, { at: since })
  })
}

/** What a login tells of the user. The end of the trial is taken away, by null, once the user pays. */
function traits({ person, plan, signup = 0, payments, sessions }: Plot, at: Moment): Fields {
  const { city, country } = person.place
  const pays = payments.some((payment) => payment.at < at)
  return {
    name: `${person.first} ${person.last}`,
    email: person.mail,
    createdAt: iso(signup),
    plan: plan.name,
    address: { city, country },
    preferences: { editor: { theme: person.employer % 2 ? 'dark' : 'light', fontSize: 14 }, digest: 'weekly' },
    logins: sessions.filter((session) => session.logsIn && session.at <= at).length,
    trialEndsAt: pays ? null : iso(signup + 14 * DAY)
  }
}

function using(plot: Plot, { at, onPhone, logsIn, deeds, delay }: Session, tell: Tell, rng: Rng): Call[] {
  const userId = userIdAt(plot, at, onPhone ? 60 * HOUR : 0)
  const came = page(rng.chance(0.8) ? '/app/notes' : '/app/reports')
  const say = onPhone
    ? tell('ios', iosContext(plot.person, plot.phone))
    : tell('web', webContext(plot.person, plot.browser, came))
  const seen = { at: at + 3 * SECOND, delay }
  const login = say({ type: 'identify', traits: traits(plot, at), userId }, { at, delay })
  return [
    ...(logsIn ? [login] : []),
    onPhone ? screen(plot, 'Notes', tell, seen, userId) : view(plot, came, tell, rng, seen, undefined, userId),
    ...Array.from({ length: deeds }, (_, index) => {
      const { event, properties } = rng.weighted(DEEDS)
      const chosen = Object.entries(properties).map(([name, values]) => [name, rng.pick(values)])
      const told = { type: 'track', event, properties: Object.fromEntries(chosen) as Fields, userId }
      return say(told, { at: at + (index * 240 + rng.between(25, 240)) * SECOND, delay })
    })
  ]
}

function billing(event: string, plot: Plot, { at, cents, currency, wording, delay }: Bill, tell: Tell, rng: Rng): Call {
  const amount = wording.text ? (cents / 100).toFixed(2) : cents / 100
  const code = { upper: { currency }, lower: { currency: currency.toLowerCase() }, none: {} }[wording.currency]
  const properties = {
    [wording.field]: amount,
    ...code,
    invoice: `in_${rng.between(100_000, 999_999)}`,
    plan: plot.plan.name
  }
  return tell('server', {})({ type: 'track', event, properties, userId: userIdAt(plot, at) }, { at, delay })
}

function leaving(plot: Plot, tell: Tell, rng: Rng): Call[] {
  if (!plot.cancel) return []
  const reason = rng.pick(['too expensive', 'missing features', 'not used', 'other'])
  const told = { type: 'track', event: 'cancel', properties: { reason }, userId: userIdAt(plot, plot.cancel) }
  return [tell('server', {})(told, { at: plot.cancel })]
}

function comingBack(plot: Plot, tell: Tell, rng: Rng): Call[] {
  const { comeback, person, browser } = plot
  if (!comeback) return []
  const came = page('/pricing', 'https://webmail.example/inbox', COME_BACK)
  const say = tell('web', webContext(person, browser, page('/signup', came.url, COME_BACK), COME_BACK))
  const userId = userIdAt(plot, comeback)
  const properties = { plan: PLANS[0].name, method: 'email', again: true }
  return [
    view(plot, came, tell, rng, { at: comeback - 2 * MINUTE }, COME_BACK, userId),
    say({ type: 'track', event: 'signup', properties, userId }, { at: comeback }),
    say({ type: 'identify', traits: traits(plot, comeback), userId }, { at: comeback + 2 * SECOND })
  ]
}

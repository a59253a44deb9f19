import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reference } from '../reference'

/** A file of calls, and some of the numbers that it must come to. */
export interface Case {
  name: string
  lines: Buffer
  right: {
    totals: Partial<Reference['totals']>
    /** The lines that are no call. */
    malformed?: number[]
    dashboard?: { [Member in keyof Reference['dashboard']]?: unknown }
    users?: object[]
  }
}

/** What was spent, in US dollars, where a case asks for the UAC. */
export const CASE_SPEND_USD = 100

const campaign = (source: string | null, medium: string | null) => ({ kind: 'campaign', source, medium })
const user = (external_user_id: string, members: object = {}) => ({ external_user_id, ...members })

const RIGHT: Record<string, Case['right']> = {
  '01-context-null': { totals: { accepted: 2, rejected: 1 }, dashboard: { users: 2, earnings: { USD: '98.00' } } },
  '01-deep': { totals: { accepted: 2, rejected: 1 }, dashboard: { users: 2, earnings: { USD: '98.00' } } },
  '01-personas-null': { totals: { accepted: 2, rejected: 1 }, dashboard: { users: 2, earnings: { USD: '98.00' } } },
  '02-later-campaign': {
    totals: { accepted: 4 },
    dashboard: { sources: [{ name: 'www.google.com', kind: 'referral', customers: 1, revenue: { USD: '49.00' } }] },
    users: [user('u1', { first_touch: { kind: 'referral', host: 'www.google.com' } })]
  },
  '03-unusable-parts': {
    totals: { accepted: 13, rejected: 0 },
    dashboard: { visits: 2, signups: 1, users: 11, customers: 11, earnings: { USD: '100.00' } }
  },
  '04-identify-with-blank-user-id': {
    totals: { accepted: 2, rejected: 1 },
    dashboard: { logins: 0, users: 0, visitors: 2 }
  },
  '05-bom': { totals: { accepted: 3 }, dashboard: { users: 3, earnings: { USD: '30.00' } } },
  '07-rejected-and-malformed': { totals: { accepted: 0, rejected: 1 }, malformed: [2, 3] },
  '09-terminal-escapes': { totals: { accepted: 1, rejected: 1 }, dashboard: { visitors: 1, users: 0 } },
  '10-traits-in-context': {
    totals: { accepted: 2 },
    dashboard: { logins: 1, visitors: 1 },
    users: [user('u1', { attributes: { email: 'ada@example.test', plan: 'pro' } })]
  },
  '11-placeholder-ids': {
    totals: { accepted: 4, rejected: 4 },
    dashboard: { users: 2, visitors: 0, customers: 2, canceled: 1, canceled_share: 0.5, churn_rate: 0.5 },
    users: [
      user('u1', { status: 'active', earnings: { USD: '10.00' } }),
      user('u2', { status: 'canceled', earnings: {} })
    ]
  },
  '13-currencies-of-the-past': {
    totals: { accepted: 8 },
    dashboard: {
      earnings: {
        ANG: '100.00',
        BYR: '100',
        CUC: '100.00',
        HRK: '100.00',
        LTL: '100.00',
        SLL: '100',
        VEF: '100.00',
        ZWL: '100.00'
      }
    }
  },
  '14-resent': { totals: { accepted: 2, duplicate: 2, rejected: 0 }, dashboard: { earnings: { USD: '98.00' } } },
  '16-float-tails': {
    totals: { accepted: 3 },
    dashboard: { earnings: { USD: '24.64' }, revenue: { USD: '24.64' } },
    users: [user('u1', { earnings: { USD: '24.64' } })]
  },
  '17-microseconds': {
    totals: { accepted: 6 },
    users: [
      user('u1', { status: 'canceled' }),
      user('u2', { attributes: { plan: 'pro' } }),
      user('u3', { status: 'canceled' })
    ]
  },
  '18-signup-twice': {
    totals: { accepted: 2 },
    dashboard: { signups: 2, people_signed_up: 1, uac: { USD: '100.00' } }
  },
  '20-long-url': { totals: { accepted: 1, rejected: 0 }, dashboard: { visits: 1 } },
  '22-sources': {
    totals: { accepted: 10 },
    dashboard: {
      sources: [
        { ...campaign('google', 'cpc'), name: 'google / cpc', people: 4 },
        { kind: 'direct', name: 'direct', source: null, people: 2 },
        { ...campaign('ads', 'cpc'), name: 'ads / cpc', people: 1 },
        { kind: 'referral', name: 'checkout.stripe.com', source: 'checkout.stripe.com', people: 1 },
        { kind: 'referral', name: 'news.ycombinator.com', source: 'news.ycombinator.com', people: 1 },
        { kind: 'referral', name: 'www.bing.com', source: 'www.bing.com', people: 1 }
      ]
    }
  },
  '28-group-without-traits': {
    totals: { accepted: 2 },
    users: [user('u1', { attributes: { group: { id: 'acme', traits: { name: 'Acme', plan: 'enterprise' } } } })]
  },
  '36-latin1-bytes': { totals: { accepted: 0, rejected: 0 }, malformed: [1, 2, 3], dashboard: { users: 0 } }
}

/** Cases that are long, made from short lines. */
const MADE: Record<string, () => Buffer> = {
  '01-deep': () => {
    const [first, second, third] = linesOf('01-context-null').toString().split('\n')
    const lists = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const deep = second.replace(', "context": null', '').replace('"revenue": 49', `"revenue": 49, "deep": ${lists}`)
    return Buffer.from([first, deep, third].join('\n'))
  },
  '20-long-url': () => {
    const url = `https://acme.test/sso?token=${'x'.repeat(16_900)}`
    const visit = { type: 'page', messageId: 'l1', timestamp: '2026-03-02T09:00:00.000Z', userId: 'u1' }
    return Buffer.from(JSON.stringify({ ...visit, properties: { url } }))
  }
}

const linesOf = (name: string): Buffer => readFileSync(join(__dirname, `${name}.ndjson`))

/** All cases: each file of this folder, and those that are made. */
export const CASES: Case[] = [
  ...readdirSync(__dirname)
    .filter((file) => file.endsWith('.ndjson'))
    .map((file) => file.replace('.ndjson', ''))
    .map((name) => ({ name, lines: linesOf(name) })),
  ...Object.entries(MADE).map(([name, make]) => ({ name, lines: make() }))
].map(({ name, lines }) => ({ name, lines, right: RIGHT[name] }))

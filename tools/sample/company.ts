import { toMillis } from '@tractionboard/testing/time'

/** The fictitious company of the sample. */
export const COMPANY = {
  name: 'Acme Notes',
  host: 'acmenotes.example',
  site: 'https://acmenotes.example',
  app: { name: 'Acme Notes', namespace: 'example.acmenotes.ios', version: '3.4.1', build: '341' }
}

/** The end of the half year, which is not part of it. */
export const END = toMillis('2026-07-01T00:00:00.000Z')

/** When the company replaced email addresses by account ids as its user ids. */
export const MIGRATION = toMillis('2026-02-15T02:00:00.000Z')

/** The share of visitors in each month, January being 0. The company grows. */
export const MONTHS = [
  { month: 0, weight: 13 },
  { month: 1, weight: 14 },
  { month: 2, weight: 17 },
  { month: 3, weight: 18 },
  { month: 4, weight: 20 },
  { month: 5, weight: 18 }
]

export type Currency = 'USD' | 'EUR'

/** A plan, and its price a month in cents. */
export interface Plan {
  name: string
  weight: number
  cents: Record<Currency, number>
  /** Whether companies buy it, not individuals. */
  team: boolean
}

export const PLANS: Plan[] = [
  { name: 'solo', weight: 5, cents: { USD: 1299, EUR: 1199 }, team: false },
  { name: 'team', weight: 3, cents: { USD: 2999, EUR: 2799 }, team: true },
  { name: 'studio', weight: 2, cents: { USD: 7900, EUR: 7200 }, team: true }
]

/** The UTM parameters, as Segment names them. */
export type Campaign = Partial<Record<'source' | 'medium' | 'name' | 'term' | 'content', string>>

/** Where visitors come from. The rates are shares of visitors, of signups and of paying users, from 0 to 1. */
export interface Origin {
  weight: number
  campaign?: Campaign
  referrer?: string
  landing: string
  signupRate: number
  paymentRate: number
  churnRate: number
}

export const ORIGINS: Origin[] = [
  {
    weight: 20,
    campaign: { source: 'google', medium: 'cpc', name: 'brand-search', term: 'shared notes' },
    referrer: 'https://www.search.example/',
    landing: '/',
    signupRate: 0.23,
    paymentRate: 0.66,
    churnRate: 0.2
  },
  {
    weight: 19,
    campaign: { source: 'facebook', medium: 'paid_social', name: 'winter-promo', content: 'video-a' },
    referrer: 'https://social.example/',
    landing: '/offers/winter',
    signupRate: 0.05,
    paymentRate: 0.32,
    churnRate: 0.6
  },
  {
    weight: 9,
    campaign: { source: 'linkedin', medium: 'paid_social', name: 'teams-launch' },
    referrer: 'https://network.example/feed',
    landing: '/teams',
    signupRate: 0.18,
    paymentRate: 0.71,
    churnRate: 0.12
  },
  {
    weight: 6,
    campaign: { source: 'newsletter', medium: 'email', name: 'spring-notes', content: 'footer-link' },
    referrer: 'https://webmail.example/inbox',
    landing: '/templates',
    signupRate: 0.3,
    paymentRate: 0.66,
    churnRate: 0.15
  },
  {
    weight: 4,
    campaign: { source: 'podcast', medium: 'audio', name: 'maker-hour' },
    landing: '/makers',
    signupRate: 0.41,
    paymentRate: 0.8,
    churnRate: 0.1
  },
  {
    weight: 6,
    campaign: { source: 'teamstack', medium: 'affiliate' },
    referrer: 'https://deals.teamstack.example/notes',
    landing: '/pricing',
    signupRate: 0.2,
    paymentRate: 0.52,
    churnRate: 0.55
  },
  {
    weight: 8,
    referrer: 'https://www.search.example/',
    landing: '/blog/better-meeting-notes',
    signupRate: 0.11,
    paymentRate: 0.52,
    churnRate: 0.25
  },
  {
    weight: 5,
    referrer: 'https://toolpicks.example/best-note-apps',
    landing: '/',
    signupRate: 0.25,
    paymentRate: 0.56,
    churnRate: 0.3
  },
  {
    weight: 3,
    referrer: 'https://forum.makers.example/t/4711?page=2',
    landing: '/templates',
    signupRate: 0.18,
    paymentRate: 0.47,
    churnRate: 0.25
  },
  { weight: 20, landing: '/', signupRate: 0.2, paymentRate: 0.62, churnRate: 0.25 }
]

/** The campaign that wins back customers who canceled. */
export const WIN_BACK: Campaign = { source: 'newsletter', medium: 'email', name: 'win-back' }

/** The titles of pages, by path. */
export const TITLES: Record<string, string> = {
  '/': 'Acme Notes: notes for teams',
  '/offers/winter': 'Winter offer',
  '/teams': 'For teams',
  '/templates': 'Templates',
  '/makers': 'Hello, makers',
  '/pricing': 'Pricing',
  '/features': 'Features',
  '/blog/better-meeting-notes': 'Better meeting notes',
  '/signup': 'Sign up',
  '/app/notes': 'My notes',
  '/app/reports': 'Reports'
}

/** Custom events, each with the values that its properties may have. */
export const PRODUCT_EVENTS: { weight: number; event: string; properties: Record<string, unknown[]> }[] = [
  {
    weight: 10,
    event: 'Note Created',
    properties: { words: [12, 80, 240, 615], template: ['blank', 'meeting', 'todo'] }
  },
  { weight: 4, event: 'Notebook Shared', properties: { with: [1, 2, 5], canEdit: [true, false] } },
  { weight: 3, event: 'Report Exported', properties: { format: ['csv', 'pdf'], rows: [40, 180, 1200] } },
  { weight: 2, event: 'Invite Sent', properties: { script: ['editor', 'viewer'] } },
  { weight: 1, event: 'Search Performed', properties: { query: ['budget', 'minutes', 'ideas'], results: [0, 3, 17] } }
]

export const PLACES = [
  { weight: 5, city: 'Portland', country: 'US', locale: 'en-US', timezone: 'America/Los_Angeles', currency: 'USD' },
  { weight: 5, city: 'Chicago', country: 'US', locale: 'en-US', timezone: 'America/Chicago', currency: 'USD' },
  { weight: 3, city: 'Toronto', country: 'CA', locale: 'en-CA', timezone: 'America/Toronto', currency: 'USD' },
  { weight: 2, city: 'Leeds', country: 'GB', locale: 'en-GB', timezone: 'Europe/London', currency: 'USD' },
  { weight: 2, city: 'Leipzig', country: 'DE', locale: 'de-DE', timezone: 'Europe/Berlin', currency: 'EUR' },
  { weight: 2, city: 'Nantes', country: 'FR', locale: 'fr-FR', timezone: 'Europe/Paris', currency: 'EUR' },
  { weight: 1, city: 'Porto', country: 'PT', locale: 'pt-PT', timezone: 'Europe/Lisbon', currency: 'EUR' }
] as const

/** The companies that buy plans for teams. */
export const CUSTOMERS = [
  { name: 'Birchfield Bakery', domain: 'birchfield.example', industry: 'Food', employees: 14 },
  { name: 'Lumen & Oak', domain: 'lumenoak.example', industry: 'Design', employees: 9 },
  { name: 'Harbour Legal', domain: 'harbourlegal.example', industry: 'Law', employees: 42 },
  { name: 'Nordlicht Studio', domain: 'nordlicht.example', industry: 'Media', employees: 23 },
  { name: 'Tidewater Clinics', domain: 'tidewater.example', industry: 'Health', employees: 180 },
  { name: 'Papier Vert', domain: 'papiervert.example', industry: 'Retail', employees: 31 },
  { name: 'Kestrel Robotics', domain: 'kestrel.example', industry: 'Technology', employees: 65 },
  { name: 'Maple Street School', domain: 'maplestreet.example', industry: 'Education', employees: 58 },
  { name: 'Quill & Partners', domain: 'quillpartners.example', industry: 'Consulting', employees: 17 },
  { name: 'Bluebell Travel', domain: 'bluebell.example', industry: 'Travel', employees: 12 }
]

/** The email domains of individuals. */
export const MAILBOXES = ['mailbox.example', 'post.example', 'inbox.example']

export const FIRST_NAMES = (
  'Ada Bruno Carla Dario Elif Finn Greta Hugo Ines Jonas Kira Lando Mila Nico Orla Pavel Quinn Rosa Sami Tilda ' +
  'Umar Vera Wim Xenia Yuri Zoe Amara Boris Celia Dov Esme Faris Gwen Hana Ivo Juna Koji Lior Maren Noor'
).split(' ')

export const LAST_NAMES = (
  'Abbot Birk Castell Dunmore Eastley Farrow Gallin Hedger Inwood Jarvik Kelder Lunn Marlow Norrby Oakes Penhale ' +
  'Quist Rowland Selwyn Tarn Ulven Varley Wexler Yardley Zeller Ashdown Brandt Corrin Delmar Ellery Fenwick Gorse ' +
  'Hollis Ivers Jessop Kettle Larkin Mossop Nettle Orrin Pym'
).split(' ')

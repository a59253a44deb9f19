import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rawCall, type Call, type CallInput, type Library } from '@tractionboard/testing/call-builder'
import { createRng, type Rng } from '@tractionboard/testing/random'
import { DAY, toMillis } from '@tractionboard/testing/time'

/** How many people the calls of an archive come from: each makes 20 calls on average. */
const CALLS_PER_PERSON = 20

/** How many calls an object of the archive has. */
const CALLS_PER_OBJECT = 20_000

const START = toMillis('2026-01-01T00:00:00.000Z')
const DAYS = 180
const SITE = 'https://acmenotes.example'

/** A browser, and the person who uses it: half of them are users. */
interface Person {
  anonymousId: string
  userId: string | null
  ip: string
  locale: string
  userAgent: string
  /** The address of the page that the person saw last. */
  lastPage: string
}

/**
 * Writes an archive in the layout of Segment's S3 destination: gzipped objects by source and received day, in the order
 * of time. The same size and seed give the same calls.
 *
 * @param folder an empty folder, which gets the archive.
 * @returns the files, in the order of time.
 * @see https://segment.com/docs/connections/storage/catalog/aws-s3/#data-format
 */
export function writeArchive(folder: string, calls: number, seed: number): string[] {
  const rng = createRng(seed)
  const people = Array.from({ length: Math.ceil(calls / CALLS_PER_PERSON) }, (_, number) => personOf(number, rng))
  const files: string[] = []
  let lines: string[] = []
  const flush = (at: number) => {
    const day = Math.floor(at / DAY) * DAY
    const source = join(folder, 'segment-logs', 'acme-web', String(day))
    const file = join(source, `${at}.${hexOf(`${seed}-${files.length}`)}.1.${files.length}.json.gz`)
    mkdirSync(source, { recursive: true })
    writeFileSync(file, gzipSync(`${lines.join('\n')}\n`))
    files.push(file)
    lines = []
  }
  for (let number = 0; number < calls; number += 1) {
    const at = START + Math.floor((number / calls) * DAYS * DAY)
    lines.push(JSON.stringify(callOf(rng, people, at)))
    if (lines.length === CALLS_PER_OBJECT || number === calls - 1) flush(at)
  }
  return files
}

const hexOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

function personOf(number: number, rng: Rng): Person {
  return {
    anonymousId: rng.uuid(),
    userId: number % 2 === 0 ? `user_${100_000 + number}` : null,
    ip: `203.0.${rng.between(0, 255)}.${rng.between(0, 255)}`,
    locale: rng.pick(LOCALES),
    userAgent: rng.pick(USER_AGENTS),
    lastPage: `${SITE}/`
  }
}

type Maker = (rng: Rng, person: Person) => CallInput

function callOf(rng: Rng, people: Person[], at: number): Call {
  const { library, make, isOfUser } = rng.weighted(KINDS)
  const number = rng.between(0, people.length - 1)
  const person = people[isOfUser ? number - (number % 2) : number]
  const { anonymousId, userId } = person
  return rawCall(library, { anonymousId, userId, ...make(rng, person) }, { at }, rng)
}

const context = ({ ip, locale, userAgent }: Person) => ({ ip, locale, timezone: 'Europe/Madrid', userAgent })

const webContext = (person: Person) => {
  const path = person.lastPage.slice(SITE.length)
  return {
    ...context(person),
    page: { path, referrer: '', search: '', title: titleOf(path), url: person.lastPage }
  }
}

const pageCall: Maker = (rng, person) => {
  const path = rng.chance(0.7) ? rng.pick(PATHS) : `/templates/${rng.between(1, 1000)}`
  const campaign = rng.chance(0.2) ? rng.pick(CAMPAIGNS) : undefined
  const search = campaign ? `?${new URLSearchParams(Object.entries(campaign).map(utmParameter)).toString()}` : ''
  const referrer = campaign || rng.chance(0.2) ? rng.pick(REFERRERS) : person.lastPage
  const page = { path, referrer, search, title: titleOf(path), url: `${SITE}${path}${search}` }
  person.lastPage = `${SITE}${path}`
  return {
    type: 'page',
    name: page.title,
    properties: page,
    context: { ...context(person), page, ...(campaign && { campaign }) }
  }
}

const utmParameter = ([name, value]: [string, string]): [string, string] => [
  `utm_${name === 'name' ? 'campaign' : name}`,
  value
]

const titleOf = (path: string) => `Acme Notes | ${path.slice(1).replace(/\W/g, ' ') || 'Home'}`

const track =
  (event: string, propertiesOf: (rng: Rng) => object): Maker =>
  (rng, person) => ({ type: 'track', event, properties: propertiesOf(rng), context: webContext(person) })

const customEvent: Maker = (rng, person) => {
  const event = rng.pick(['Note Created', 'Note Shared', 'Search Performed', 'Template Opened'])
  return track(event, (rng) => ({ words: rng.between(1, 900), folder: rng.pick(FOLDERS) }))(rng, person)
}

const money = (rng: Rng) => ({
  revenue: rng.between(500, 9900) / 100,
  currency: 'USD',
  order_id: `in_${rng.between(100_000, 999_999)}`
})

const identifyCall: Maker = (rng, person) => ({
  type: 'identify',
  traits: { plan: rng.pick(['solo', 'team', 'company']), notes: rng.between(0, 500) },
  context: webContext(person)
})

const groupCall: Maker = (rng, person) => {
  const number = rng.between(1, 2000)
  return {
    type: 'group',
    groupId: `team_${number}`,
    traits: { name: `Team ${number}`, seats: rng.between(2, 50) },
    context: webContext(person)
  }
}

const aliasCall: Maker = (_rng, person) => ({
  type: 'alias',
  previousId: person.anonymousId,
  context: context(person)
})

/** What the calls are, with their shares in percent. `isOfUser`: only people with a userId make it. */
const KINDS: { weight: number; library: Library; isOfUser?: true; make: Maker }[] = [
  { weight: 60, library: 'web', make: pageCall },
  { weight: 20, library: 'web', make: customEvent },
  { weight: 10, library: 'web', make: identifyCall },
  { weight: 5, library: 'server', isOfUser: true, make: track('Payment Made', money) },
  { weight: 2, library: 'web', isOfUser: true, make: track('signup', (rng) => ({ plan: rng.pick(['solo', 'team']) })) },
  { weight: 1, library: 'web', make: groupCall },
  { weight: 1, library: 'web', isOfUser: true, make: aliasCall },
  { weight: 0.5, library: 'server', isOfUser: true, make: track('Refund Received', money) },
  { weight: 0.5, library: 'server', isOfUser: true, make: track('cancel', () => ({})) }
]

const LOCALES = ['en-US', 'en-GB', 'es-ES', 'pt-PT', 'de-DE', 'fr-FR']

const USER_AGENTS = [18, 17, 16, 15].flatMap((version) => [
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}.2 Safari/605.1.15`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1${version}.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (X11; Linux x86_64; rv:1${version}.0) Gecko/20100101 Firefox/1${version}.0`
])

const PATHS = ['/', '/pricing', '/templates', '/signup', '/login', '/docs', '/blog', '/about', '/security', '/teams']

const FOLDERS = ['Inbox', 'Work', 'Home', 'Recipes', 'Ideas']

const REFERRERS = ['', 'https://www.google.com/', 'https://news.example/', 'https://forum.makers.example/t/4711']

const CAMPAIGNS: Record<string, string>[] = [
  { source: 'google', medium: 'cpc', name: 'brand' },
  { source: 'google', medium: 'cpc', name: 'notes-app', term: 'note taking' },
  { source: 'facebook', medium: 'paid_social', name: 'winter-promo', content: 'video-a' },
  { source: 'newsletter', medium: 'email', name: 'spring' }
]

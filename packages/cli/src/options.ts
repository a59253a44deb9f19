import { type Command, InvalidArgumentError, Option } from 'commander'
import type { SpendEntry } from '@tractionboard/sandbox'

/**
 * Reads a port number.
 *
 * @throws InvalidArgumentError if the text is not a whole number from 0 to 65535.
 */
function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** A currency, an amount, and perhaps a source and a month. */
const SPEND_ENTRY = /^(?<currency>[A-Za-z]{3})=(?<amount>\d+(?:\.\d+)?)(?:@(?<source>[^:]*))?(?::(?<month>.*))?$/s

/**
 * Reads what was spent on acquiring customers.
 *
 * @param text such as `USD=12000`, `USD=1200@google`, `USD=1200:2026-03` or `USD=1200@google:2026-03`.
 * @param previous what earlier uses of the option gave: the option can be repeated, and amounts add up.
 * @throws InvalidArgumentError if the text has another form.
 */
export function parseSpend(text: string, previous: readonly SpendEntry[] = []): SpendEntry[] {
  const { currency, amount, source, month } = SPEND_ENTRY.exec(text)?.groups ?? {}
  if (currency === undefined) {
    throw new InvalidArgumentError(
      'Write a currency and an amount, such as USD=12000. A source and a month may follow: USD=1200@google:2026-03.'
    )
  }
  if (source?.trim() === '') {
    throw new InvalidArgumentError('Write a source after the @, such as USD=1200@google.')
  }
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new InvalidArgumentError('Write a month after the colon, behind any source: USD=1200@google:2026-03.')
  }
  const entry = { currency: currency.toUpperCase(), amount: Number(amount) }
  return [
    ...previous,
    { ...entry, ...(source !== undefined && { source: source.trim() }), ...(month !== undefined && { month }) }
  ]
}

/**
 * Reads the origin of a server.
 *
 * @returns scheme, host and port, such as `http://127.0.0.1:4000`.
 * @throws InvalidArgumentError if the text is not an http or https URL, or has a path or a query.
 */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError('Write a URL such as http://127.0.0.1:4000 or https://api.example.com.')
  }
  if (url.pathname !== '/' || url.search) throw new InvalidArgumentError(`Write it without a path, as ${url.origin}.`)
  return url.origin
}

/**
 * Reads the URL of a server.
 *
 * @throws InvalidArgumentError if the text is not an http or https URL.
 */
function parseEndpoint(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('Write a URL such as http://127.0.0.1:9000.')
}

const DAY = /^\d{4}-\d\d-\d\d$/
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/

/**
 * Reads a date and time in ISO 8601, in UTC if it has no offset.
 *
 * @param timeOfDay what a day alone means, such as `00:00`.
 * @throws InvalidArgumentError if the text is no such time, or there is no such day.
 */
function parseDate(text: string, timeOfDay: string): Date {
  const iso = DAY.test(text) ? `${text}T${timeOfDay}` : text
  const [, , , zone = 'Z'] = DATE_TIME.exec(iso) ?? []
  const date = new Date(iso.endsWith(zone) ? iso : `${iso}${zone}`)
  const exists = new Date(`${text.slice(0, 10)}T00:00Z`).toJSON()?.startsWith(text.slice(0, 10))
  if (DATE_TIME.test(iso) && exists && !Number.isNaN(date.getTime())) return date
  throw new InvalidArgumentError('Write a day such as 2026-03-02, or a time such as 2026-03-02T09:00:00Z.')
}

/**
 * Reads the address of Redis.
 *
 * @throws InvalidArgumentError if the text is not a redis or rediss URL.
 */
export function parseQueue(text: string): string {
  if (URL.canParse(text) && /^rediss?:\/\/./.test(text)) return text
  throw new InvalidArgumentError('Write the address of Redis, such as redis://127.0.0.1:6379.')
}

/** The option that names a Token ID. */
export const tokenOption = (): Option =>
  new Option('--token <Token ID>', 'found in the Tractionboard Dashboard under Settings > Integrations').env(
    'TRACTIONBOARD_TOKEN'
  )

/** What commands that read archives are told of them. */
export interface ArchiveOptions {
  /** The address of an S3-compatible server. */
  endpoint?: string
  /** The first time of the calls that are taken. */
  from?: Date
  /** The last time of the calls that are taken: the end of the day, if it was a day. */
  to?: Date
  /** FQL. */
  where?: string
  respectIntegrations?: true
  /** The path of a file. */
  mappings?: string
}

/** The option that takes a customer's mappings. */
export const mappingsOption = (): Option =>
  new Option(
    '--mappings <file>',
    "the customer's mappings, as Segment's Public API lists them (default: the destination's presets)"
  )

/** Adds the argument and the options of commands that read archives: what `archiveInput` takes. */
export const addArchiveOptions = (command: Command): Command =>
  command
    .argument(
      '[sources...]',
      'files, folders, patterns, s3://bucket/prefix, or - for standard input, which is the default: newline-delimited JSON as in Segment raw logs, a JSON array or a batch, gzipped or not'
    )
    .option(
      '--endpoint <URL>',
      'the address of an S3-compatible server, for s3:// (default: that of AWS)',
      parseEndpoint
    )
    .option('--from <date>', 'only calls of this day (UTC) or time, and later', (text) => parseDate(text, '00:00'))
    .option('--to <date>', 'only calls of this day (UTC) or time, and earlier', (text) =>
      parseDate(text, '23:59:59.999')
    )
    .option('--where <FQL>', 'only calls that match, such as \'type = "track"\'')
    .option('--respect-integrations', 'leave out calls whose integrations object switches Tractionboard off')
    .addOption(mappingsOption())

/**
 * Reads a whole number that is at least 1.
 *
 * @throws InvalidArgumentError if the text is none.
 */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Write a whole number from 1.')
}

const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 }

/**
 * Reads a duration.
 *
 * @returns milliseconds.
 * @throws InvalidArgumentError if the text is not a number of seconds, minutes or hours, such as `90s`, `10m` or `2h`.
 */
export function parseDuration(text: string): number {
  const { count, unit } = /^(?<count>\d{1,9})(?<unit>[smh])$/.exec(text)?.groups ?? {}
  if (count === undefined) throw new InvalidArgumentError('Write a duration such as 90s, 10m or 2h.')
  return Number(count) * UNIT_MS[unit]
}

/** The port of commands that start a sandbox: for `Command.option`. */
export const PORT = ['--port <port>', 'the port on 127.0.0.1; 0 takes any free one', parsePort, 0] as const

/** How many batches commands that deliver archives send at once: for `Command.option`. */
export const CONCURRENCY = [
  '--concurrency <batches>',
  'how many batches are on their way at once (default: 4)',
  parseCount
] as const

/** When commands that deliver archives end: for `Command.option`. */
export const GIVE_UP_AFTER = [
  '--give-up-after <duration>',
  'end when the server has not answered for so long (default: 10m)',
  parseDuration
] as const

/** The ports of commands that open the page: for `Command.option`. */
export const CONSOLE_PORT = [
  '--port <port>',
  'the port of the page on 127.0.0.1; the Tracking API and the sandbox have the next two; 0 takes any free ones',
  parsePort,
  4300
] as const

/** Where commands with a Tracking API write what comes in: for `Command.option`. */
export const RECORD = [
  '--record <folder>',
  "write the calls that come in to this folder, as an archive in Segment's layout, which replay can read"
] as const

/** The acquisition spend of commands that start a sandbox: for `Command.option`. */
export const SPEND = [
  '--spend <CODE=amount>',
  'the acquisition spend, such as USD=12000; of a source and a month: USD=1200@google:2026-03; repeat it to add more',
  parseSpend
] as const

/** The argument of commands that read a definition: for `Command.argument`. */
export const MODULE = [
  '[module]',
  "a module that exports a definition as default or destination (default: Tractionboard's own)"
] as const

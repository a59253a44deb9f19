import { InvalidArgumentError } from 'commander'
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

/** The port of commands that start a sandbox: for `Command.option`. */
export const PORT = ['--port <port>', 'the port on 127.0.0.1; 0 takes any free one', parsePort, 0] as const

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

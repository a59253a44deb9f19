import { InvalidArgumentError } from 'commander'
import type { Spend } from '@tractionboard/sandbox'

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

/**
 * Reads what was spent on acquiring customers.
 *
 * @param text a currency and an amount, such as `USD=12000`.
 * @param previous what earlier uses of the option gave: the option can be repeated, once for each currency.
 * @throws InvalidArgumentError if the text has another form.
 */
function parseSpend(text: string, previous: Spend = {}): Spend {
  const match = /^([A-Za-z]{3})=(\d+(?:\.\d+)?)$/.exec(text)
  if (!match) throw new InvalidArgumentError('Write a currency and an amount, such as USD=12000.')
  return { ...previous, [match[1].toUpperCase()]: Number(match[2]) }
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
  'the acquisition spend, such as USD=12000; repeat it for each currency',
  parseSpend
] as const

/** The argument of commands that read a definition: for `Command.argument`. */
export const MODULE = [
  '[module]',
  "a module that exports a definition as default or destination (default: Tractionboard's own)"
] as const

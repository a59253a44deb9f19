import { InvalidArgumentError } from 'commander'

/**
 * Reads a port number.
 *
 * @throws InvalidArgumentError if it is none.
 */
export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

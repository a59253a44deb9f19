import { InvalidArgumentError } from 'commander'
import type { Spend } from '@tractionboard/sandbox'

/**
 * Reads what was spent on getting customers from an option such as `USD=12000`. The option may be given once a currency.
 *
 * @throws InvalidArgumentError if it is not of this form.
 */
function parseSpend(text: string, previous: Spend = {}): Spend {
  const match = /^([A-Za-z]{3})=(\d+(?:\.\d+)?)$/.exec(text)
  if (!match) throw new InvalidArgumentError('Write it as a currency and an amount, such as USD=12000.')
  return { ...previous, [match[1].toUpperCase()]: Number(match[2]) }
}

/** The option of commands that start a sandbox: for `Command.option`. */
export const SPEND = [
  '--spend <CODE=amount>',
  'the acquisition spend, such as USD=12000; repeat it for each currency',
  parseSpend
] as const

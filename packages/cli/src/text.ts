const LIST = new Intl.ListFormat('en-US', { type: 'conjunction' })
const ALTERNATIVES = new Intl.ListFormat('en-US', { type: 'disjunction' })

/** A number with thousands separators: `1,000`. */
export const formatNumber = (value: number): string => value.toLocaleString('en-US')

/** A number of things: `no errors`, `1 error`, `1,000 errors`. */
export const pluralize = (count: number, noun: string): string =>
  `${count === 0 ? 'no' : formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`

/** Things as a sentence lists them: `a, b, and c`. */
export const joinWithAnd = (things: string[]): string => LIST.format(things)

/** Things as a sentence offers them: `a, b, or c`. */
export const joinWithOr = (things: string[]): string => ALTERNATIVES.format(things)

/** A size in whole KiB or MiB. */
export const formatBytes = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${bytes / 2 ** 20} MiB` : `${bytes / 2 ** 10} KiB`

import type { DestinationDefinition } from '@segment/actions-core'
import { isPlainObject, mapValues, omitBy } from 'lodash'

/** Stands in the place of a secret. */
const HIDDEN = '[hidden]'

/** Names of headers that authenticate. */
const AUTHENTICATES = /auth|token|secret|cookie|key|signature|password/i

/** A secret that is this short would hide parts of ordinary words. */
const MIN_SECRET_LENGTH = 4

/** Takes what must not be seen out of a request or response. */
export interface Redactor {
  /** The headers but those that authenticate. */
  headers(headers: Record<string, string>): Record<string, string>
  /** The same JSON with the secret settings hidden in every text. */
  value<T>(value: T): T
}

/**
 * Makes a redactor for the settings of one account.
 *
 * @param definition tells which settings are secret: those of the type `password`.
 */
export function redactor<Settings>(
  { authentication }: Pick<DestinationDefinition<Settings>, 'authentication'>,
  settings: Settings
): Redactor {
  const fields = Object.entries((authentication?.fields ?? {}) as Record<string, { type: string }>)
  const secrets = fields
    .filter(([, { type }]) => type === 'password')
    .map(([name]) => (settings as Record<string, unknown>)[name])
    .filter((secret): secret is string => typeof secret === 'string' && secret.length >= MIN_SECRET_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])

  const text = (value: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), value)
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(redact)
    return isPlainObject(value) ? mapValues(value as object, redact) : value
  }
  return {
    headers: (headers) =>
      mapValues(
        omitBy(headers, (_, name) => AUTHENTICATES.test(name)),
        text
      ),
    value: <T>(value: T) => redact(value) as T
  }
}

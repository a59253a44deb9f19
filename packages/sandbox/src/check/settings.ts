import { compile, contractRef, once } from '../contract'
import { OUTCOMES, type Faults } from '../faults/settings'
import { problem } from '../http/problem'
import type { Spend } from '../model/project'
import { explain } from './explain'

/** The most that a timer of Node takes, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1

const checkFaultsSchema = once(() => {
  const share = { type: 'number', minimum: 0, maximum: 1 }
  return compile({
    type: 'object',
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, share])),
      script: { type: 'array', items: { enum: ['ok', ...OUTCOMES] } },
      seed: { type: 'integer' },
      delay_ms: { type: 'integer', minimum: 0, maximum: MAX_DELAY_MS },
      retry_after_seconds: { type: 'integer', minimum: 0 },
      server_error_status: { type: 'integer', minimum: 500, maximum: 599 }
    }
  })
})

const checkSpendSchema = once(() =>
  compile({
    type: 'object',
    propertyNames: { $ref: contractRef('Currency') },
    additionalProperties: { $ref: contractRef('Amount') }
  })
)

/**
 * Checks settings of the fault switch. Every member may be left out; unknown ones are refused.
 *
 * @throws a problem with status 400 that names the member at fault.
 */
export const checkFaults: (faults: unknown) => Faults = (faults) =>
  check<Faults>(checkFaultsSchema(), faults, 'the fault switch')

/**
 * Checks a spend: amounts in major units, as the contract writes amounts, by the contract's currencies.
 *
 * @throws a problem with status 400 that names the currency at fault.
 */
export const checkSpend: (spend: unknown) => Spend = (spend) => check<Spend>(checkSpendSchema(), spend, 'the spend')

function check<T>(validate: ReturnType<typeof compile>, value: unknown, subject: string): T {
  if (validate(value)) return structuredClone(value) as T
  throw problem(400, explain(validate.errors ?? [], subject).message)
}

import type { ValidateFunction } from 'ajv'
import { once } from 'lodash'
import { compile, contractRef } from '../contract'
import { FAULT_KINDS } from '../faults/kinds'
import { describeViolation, type Violation } from './violation'

/** The longest delay of `setTimeout`, in milliseconds. See https://nodejs.org/api/timers.html */
const MAX_DELAY_MS = 2 ** 31 - 1

const faultsValidator = once(() => {
  const share = { type: 'number', minimum: 0, maximum: 1 }
  return compile({
    type: 'object',
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(FAULT_KINDS.map((kind) => [kind, share])),
      script: { type: 'array', items: { enum: ['ok', ...FAULT_KINDS] } },
      seed: { type: 'integer' },
      delay_ms: { type: 'integer', minimum: 0, maximum: MAX_DELAY_MS },
      retry_after_seconds: { type: 'integer', minimum: 0 },
      server_error_status: { type: 'integer', minimum: 500, maximum: 599 }
    }
  })
})

const spendValidator = once(() =>
  compile({
    type: 'object',
    propertyNames: { $ref: contractRef('Currency') },
    additionalProperties: { $ref: contractRef('Amount') }
  })
)

const spendEntryValidator = once(() =>
  compile({
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'amount'],
    properties: {
      currency: { $ref: contractRef('Currency') },
      amount: { $ref: contractRef('Amount') },
      source: { type: 'string', pattern: '\\S' },
      month: { type: 'string', format: 'month' }
    }
  })
)

/** Validates fault settings, of which each may be left out. Undefined if they are `Faults`. */
export function validateFaults(faults: unknown): Violation | undefined {
  return violationOf(faultsValidator(), faults, 'the fault configuration')
}

/**
 * Validates a spend: amounts and currencies as the contract writes them. Undefined if it is a `Spend` or a list of
 * `SpendEntry`.
 */
export function validateSpend(spend: unknown): Violation | undefined {
  if (!Array.isArray(spend)) return violationOf(spendValidator(), spend, 'the spend')
  for (const [index, entry] of spend.entries()) {
    const violation = violationOf(spendEntryValidator(), entry, `entry ${index + 1} of the spend`)
    if (violation) return violation
  }
  return undefined
}

function violationOf(validate: ValidateFunction, value: unknown, subject: string): Violation | undefined {
  return validate(value) ? undefined : describeViolation(validate.errors ?? [], subject)
}

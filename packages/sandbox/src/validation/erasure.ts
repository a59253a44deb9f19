import { once } from 'lodash'
import { compile, contractRef } from '../contract'
import { describeViolation, type Violation } from './violation'

const validator = once(() => compile({ $ref: contractRef('Erasure') }))

/**
 * Validates the body of a request to erase.
 *
 * @param body anything that `JSON.parse` gives.
 * @returns undefined if it is an `Erasure` of the contract.
 */
export function validateErasure(body: unknown): Violation | undefined {
  const validate = validator()
  return validate(body) ? undefined : describeViolation(validate.errors ?? [], 'the request')
}

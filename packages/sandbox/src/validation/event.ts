import { LIMITS, type WireEvent } from '@tractionboard/contract'
import { once } from 'lodash'
import { compile, contractRef, eventTypes } from '../contract'
import { MAX_DEPTH, maxJsonBytes } from '../json'
import { describeViolation, type Violation } from './violation'

const validators = once(
  () => new Map([...eventTypes()].map(([type, name]) => [type, compile({ $ref: contractRef(name) })]))
)

/** Compiles the schemas of all types of event, so that the first request need not wait for it. */
export const prepareEventValidation: () => void = () => void validators()

/** Whether a value is one of the contract's types of event. */
export function isEventType(type: unknown): type is WireEvent['type'] {
  return (validators() as Map<unknown, unknown>).has(type)
}

/**
 * Validates an event: its depth and size, the schema of its type, and that an alias is not to itself.
 *
 * @param event anything that `JSON.parse` gives.
 * @returns undefined if it is an `WireEvent` of the contract.
 */
export function validateEvent(event: unknown): Violation | undefined {
  if (!isObject(event)) return invalid(null, 'The event is not an object. Send an object.')
  const maxBytes = maxJsonBytes(event)
  if (maxBytes === Infinity)
    return invalid(null, `The event is nested deeper than ${MAX_DEPTH} levels. Make it flatter.`)
  return (
    validateType(event) ??
    validateSize(event, maxBytes) ??
    validateFields(event) ??
    validateAlias(event as unknown as WireEvent)
  )
}

function validateType(event: Record<string, unknown>): Violation | undefined {
  if (isEventType(event.type)) return undefined
  const reason = 'type' in event ? 'of the event is not known' : 'is missing from the event'
  return invalid('type', `type ${reason}. Send one of: ${[...eventTypes().keys()].join(', ')}.`)
}

function validateSize(event: Record<string, unknown>, maxBytes: number): Violation | undefined {
  if (maxBytes <= LIMITS.maxEventBytes) return undefined
  if (Buffer.byteLength(JSON.stringify(event)) <= LIMITS.maxEventBytes) return undefined
  const message = `An event of type ${String(event.type)} is larger than ${LIMITS.maxEventBytes} bytes of JSON. Leave something out, or shorten it.`
  return { code: 'too_large', field: null, message }
}

function validateFields(event: Record<string, unknown>): Violation | undefined {
  const type = String(event.type)
  const validate = validators().get(type)
  if (!validate || validate(event)) return undefined
  return describeViolation(validate.errors ?? [], `an event of type ${type}`)
}

/** A rule that a JSON schema cannot express: the contract states it in the description of `previous_id`. */
function validateAlias(event: WireEvent): Violation | undefined {
  if (event.type !== 'alias' || event.previous_id !== event.external_user_id) return undefined
  return invalid(
    'previous_id',
    'previous_id of an event of type alias is the same as external_user_id. Send the id that the user had before.'
  )
}

function invalid(field: string | null, message: string): Violation {
  return { code: 'invalid', field, message }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

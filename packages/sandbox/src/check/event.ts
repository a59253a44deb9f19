import { LIMITS, type EventError, type WireEvent } from '@tractionboard/contract'
import type { ValidateFunction } from 'ajv'
import { compile, contractRef, eventTypes, once } from '../contract'
import { canonicalJson, MAX_DEPTH } from '../json'
import { explain } from './explain'

const validators = once(
  () =>
    new Map<unknown, ValidateFunction>(
      Array.from(eventTypes(), ([type, name]) => [type, compile({ $ref: contractRef(name) })])
    )
)

/** Compiles the schemas of all events, so that the first request need not wait for it. */
export const prepareEventChecks: () => void = () => void validators()

/**
 * Checks an event against the contract: its size, the schema of its type, and that an alias is not to itself.
 *
 * @param event anything that came out of `JSON.parse`.
 * @returns the most helpful thing to say if it is wrong, or undefined if it is a `WireEvent`.
 */
export function checkEvent(event: unknown): EventError | undefined {
  if (!isObject(event)) return invalid(null, 'The event is not an object. Send an object.')
  const text = canonicalJson(event)
  if (text === undefined) return invalid(null, `The event is nested deeper than ${MAX_DEPTH} levels. Make it flatter.`)
  return checkType(event) ?? checkSize(event, text) ?? checkFields(event) ?? checkAlias(event as unknown as WireEvent)
}

/** Whether a value is one of the contract's types of event. */
export function isEventType(type: unknown): type is WireEvent['type'] {
  return validators().has(type)
}

function checkType(event: Record<string, unknown>): EventError | undefined {
  if (isEventType(event.type)) return undefined
  const problem = 'type' in event ? 'of the event is not known' : 'is missing from the event'
  return invalid('type', `type ${problem}. Send one of: ${[...eventTypes().keys()].join(', ')}.`)
}

function checkSize({ type }: Record<string, unknown>, text: string): EventError | undefined {
  if (Buffer.byteLength(text) <= LIMITS.maxEventBytes) return undefined
  const message = `An event of type ${String(type)} is larger than ${LIMITS.maxEventBytes} bytes of JSON. Leave something out, or shorten it.`
  return { code: 'too_large', field: null, message, retryable: false }
}

function checkFields(event: Record<string, unknown>): EventError | undefined {
  const { type } = event
  const validate = validators().get(type) as ValidateFunction
  if (validate(event)) return undefined
  const { field, message } = explain(validate.errors ?? [], `an event of type ${String(type)}`)
  return invalid(field, message)
}

/** A rule that a JSON schema cannot say: the contract states it in the description of `previous_id`. */
function checkAlias(event: WireEvent): EventError | undefined {
  if (event.type !== 'alias' || event.previous_id !== event.external_user_id) return undefined
  return invalid(
    'previous_id',
    'previous_id of an event of type alias is the same as external_user_id. Send the id that the user had before.'
  )
}

function invalid(field: string | null, message: string): EventError {
  return { code: 'invalid', field, message, retryable: false }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

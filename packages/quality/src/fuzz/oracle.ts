import { LIMITS } from '@tractionboard/contract'
import { MAX_DEPTH } from '../../../sandbox/src/json'
import { isValid } from '@tractionboard/testing/conformity'

/** Whether the sandbox must accept an event: by the contract's schema, and by its rules in words. */
export function isValidEvent(event: unknown): boolean {
  if (depthOf(event) > MAX_DEPTH || !isValid('Event', event)) return false
  const { type, previous_id, external_user_id } = event as Record<string, unknown>
  const isSmall = Buffer.byteLength(JSON.stringify(event)) <= LIMITS.maxEventBytes
  return isSmall && !(type === 'alias' && previous_id === external_user_id)
}

/** How deep objects and arrays are nested. It does not recurse, so that any depth works. */
function depthOf(value: unknown): number {
  let depth = 0
  let level = [value].filter(isContainer)
  while (level.length > 0) {
    depth += 1
    level = level.flatMap((container) => Object.values(container) as unknown[]).filter(isContainer)
  }
  return depth
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

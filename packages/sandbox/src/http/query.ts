import type { Request } from 'express'
import { problem } from './problem'

/** A whole number that may stand in a query, and what it is if it does not. */
export interface NumberRule {
  fallback: number
  maximum: number
}

/**
 * Reads a whole number from the query of a request.
 *
 * @throws a problem with status 400 if it is not a whole number from 0 to the maximum.
 */
export function queryNumber(request: Request, name: string, { fallback, maximum }: NumberRule): number {
  const text = request.query[name]
  if (text === undefined) return fallback
  const number = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN
  if (number <= maximum) return number
  throw problem(400, `${name} is not a whole number from 0 to ${maximum}. Correct it in the query.`)
}

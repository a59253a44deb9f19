import type { Request, RequestHandler, Response } from 'express'
import type { FaultPlan } from '../faults/injector'
import { errorResponse } from '../http/error-responses'
import { authenticate, readJson } from '../http/request'
import { errorResult, send, type Result } from '../http/result'
import type { Counts } from '../ingest'
import { journalEvent, type JournalEntry } from '../journal'
import type { Log } from '../log'
import type { State } from '../state'
import type { Store } from '../store'
import { ViolationError, type Violation } from '../validation/violation'

/** What an operation works on. */
interface OperationInput {
  /** A valid body; undefined if the operation has none. */
  body: unknown
  plan: FaultPlan
  store: Store
}

/** A result, and the counts of the events if there were any. */
interface OperationResult extends Result {
  counts?: Counts
}

/** An operation of the contract. */
export interface Operation {
  /** Finds what is wrong with the body, but not with the events in it; left out if the operation has no body. */
  validateBody?: (body: unknown) => Violation | undefined
  handle(input: OperationInput): OperationResult
}

/**
 * Serves an operation: authenticate, read, inject faults, handle, journal, send.
 *
 * @param path as the contract writes it.
 * @param log takes the journal's entry of each request, and unexpected errors.
 */
export function requestChain(operation: Operation, path: string, state: State, log: Log): RequestHandler {
  return async (request, response) => {
    const { journal, store, token } = state
    const at = new Date().toISOString()
    const start = performance.now()
    let plan: FaultPlan | undefined
    let body: unknown
    let result: OperationResult = { status: null }
    try {
      authenticate(request, token)
      plan = state.faults.next()
      body = await readBody(operation, request, response)
      await injectFaults(plan, response)
      if (!response.destroyed) {
        result = corruptResponse(operation.handle({ body, plan, store }), plan)
      }
    } catch (error) {
      result = errorResult(error, log)
    }
    const entry: JournalEntry = {
      at,
      method: request.method,
      path,
      status: response.destroyed ? null : result.status,
      duration_ms: Math.round(performance.now() - start),
      faults: [...(plan?.kinds ?? [])],
      counts: result.counts ?? null,
      events: eventsOf(body).map(journalEvent)
    }
    journal.add(entry)
    log.request(entry)
    if (!response.destroyed) send(response, result)
  }
}

async function readBody({ validateBody }: Operation, request: Request, response: Response): Promise<unknown> {
  if (!validateBody) return undefined
  const body = await readJson(request, response)
  const violation = validateBody(body)
  if (violation) throw new ViolationError(violation)
  return body
}

function eventsOf(body: unknown): unknown[] {
  return (body as { events?: unknown[] } | undefined)?.events ?? []
}

/**
 * Injects the faults that come before a request is handled.
 *
 * @throws a problem if the request is to fail.
 */
async function injectFaults(plan: FaultPlan, response: Response): Promise<void> {
  const { kinds, settings } = plan
  if (kinds.has('slow')) await closeOf(response, settings.delay_ms)
  const error = errorResponse(plan)
  if (error) throw error
  if (kinds.has('timeout')) await closeOf(response)
}

/** Injects the faults that come after a request was handled. */
function corruptResponse(result: OperationResult, { kinds }: FaultPlan): OperationResult {
  if (kinds.has('drop_after_commit')) return { ...result, status: null }
  if (kinds.has('garbage')) return { ...result, status: 200, body: 'This is not JSON.' }
  return result
}

/** Waits until the client gives up, or for some milliseconds. */
function closeOf(response: Response, milliseconds?: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
    response.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

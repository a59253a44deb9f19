import type { Request, RequestHandler, Response } from 'express'
import type { FaultPlan } from '../faults/injector'
import { errorResponse } from '../http/error-responses'
import { authenticate } from '../http/request'
import { errorResult, send, type Result } from '../http/result'
import type { Counts } from '../ingest'
import { journalEvent, type JournalEntry } from '../journal'
import type { State } from '../state'
import type { Store } from '../store'

/** What an operation works on. */
interface OperationInput {
  /** The parameters of the path, decoded. */
  params: Record<string, string>
  /** Not yet validated; empty if the operation has no body. */
  events: unknown[]
  plan: FaultPlan
  store: Store
}

/** A result, and the counts of the events if there were any. */
interface OperationResult extends Result {
  counts?: Counts
}

/** An operation of the contract. */
export interface Operation {
  /** Reads the events of the request; left out if the operation has no body. */
  readEvents?(request: Request, response: Response): Promise<unknown[]>
  handle(input: OperationInput): OperationResult
}

/**
 * Serves an operation: authenticate, read, inject faults, handle, journal, send.
 *
 * @param path as the contract writes it.
 * @param log called with the journal's entry of each request.
 */
export function requestChain(
  operation: Operation,
  path: string,
  state: State,
  log: (entry: JournalEntry) => void
): RequestHandler {
  return async (request, response) => {
    const { journal, store, token } = state
    const at = new Date().toISOString()
    const start = performance.now()
    let plan: FaultPlan | undefined
    let events: unknown[] = []
    let result: OperationResult = { status: null }
    try {
      authenticate(request, token)
      plan = state.faults.next()
      events = (await operation.readEvents?.(request, response)) ?? []
      await injectFaults(plan, response)
      if (!response.destroyed) {
        result = corruptResponse(
          operation.handle({ params: request.params as Record<string, string>, events, plan, store }),
          plan
        )
      }
    } catch (error) {
      result = errorResult(error)
    }
    const entry: JournalEntry = {
      at,
      method: request.method,
      path,
      status: response.destroyed ? null : result.status,
      duration_ms: Math.round(performance.now() - start),
      faults: [...(plan?.kinds ?? [])],
      counts: result.counts ?? null,
      events: events.map(journalEvent)
    }
    journal.add(entry)
    log(entry)
    if (!response.destroyed) send(response, result)
  }
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

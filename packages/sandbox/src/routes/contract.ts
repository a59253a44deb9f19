import type { Erasure, EventBatch } from '@tractionboard/contract'
import { Router } from 'express'
import { contract } from '../contract'
import { corruptResults } from '../faults/corrupt-results'
import { methodNotAllowed } from '../http/errors'
import { countResults, ingestEvents, type Counts } from '../ingest'
import type { Log } from '../log'
import type { State } from '../state'
import { validateBatch } from '../validation/batch'
import { validateErasure } from '../validation/erasure'
import { requestChain, type Operation } from './request-chain'

/** The contract's operations by their `operationId`. */
const OPERATIONS: Partial<Record<string, Operation>> = {
  sendEvents: {
    validateBody: validateBatch,
    handle: ({ body, plan, store }) => {
      const results = ingestEvents((body as EventBatch).events, store, plan.isUnavailable)
      const counts = countResults(results)
      return { status: batchStatus(counts), body: { ...counts, results: corruptResults(results, plan) }, counts }
    }
  },
  checkToken: {
    // A request with another token does not get this far.
    handle: () => ({ status: 200, body: { valid: true } })
  },
  erase: {
    validateBody: validateErasure,
    handle: ({ body, store }) => {
      store.erase(body as Erasure)
      return { status: 204 }
    }
  }
}

/**
 * The contract's endpoints, at the paths and methods that the contract has.
 *
 * @param log takes the journal's entry of each request, and unexpected errors.
 * @throws if the contract has an operation that is not in `OPERATIONS`.
 */
export function contractRoutes(state: State, log: Log): Router {
  const router = Router({ strict: true, caseSensitive: true })
  for (const [path, operations] of Object.entries(contract().paths)) {
    const route = router.route(path)
    for (const [method, { operationId }] of Object.entries(operations)) {
      const operation = OPERATIONS[operationId]
      if (!operation)
        throw new Error(`The sandbox lacks the contract's operation ${operationId}. Add it to OPERATIONS.`)
      route[method as 'get' | 'post'](requestChain(operation, path, state, log))
    }
    route.all(methodNotAllowed(Object.keys(operations)))
  }
  return router
}

/** 200 if no event was rejected, 422 if all were, else 207. */
function batchStatus({ accepted, duplicates, rejected }: Counts): number {
  if (rejected === 0) return 200
  return accepted + duplicates === 0 ? 422 : 207
}

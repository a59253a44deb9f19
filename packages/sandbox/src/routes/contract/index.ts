import { Router } from 'express'
import { contract } from '../../contract'
import { methodNotAllowed } from '../../http/errors'
import type { JournalEntry } from '../../journal'
import type { State } from '../../state'
import { eraseUser, eraseVisitor } from './erasure'
import { sendEvents } from './events'
import { serve, type Operation } from './serve'
import { checkToken } from './token'

/** The contract's operations by their `operationId`. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['sendEvents', sendEvents],
  ['checkToken', checkToken],
  ['eraseUser', eraseUser],
  ['eraseVisitor', eraseVisitor]
])

/**
 * The contract's endpoints, at the paths and methods that the contract states.
 *
 * @param log takes each request's entry in the journal when the request is over.
 * @throws if the contract has an operation that nothing here serves.
 */
export function contractRoutes(state: State, log: (entry: JournalEntry) => void): Router {
  const router = Router({ strict: true, caseSensitive: true })
  for (const [path, operations] of Object.entries(contract().paths)) {
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'))
    for (const [method, { operationId }] of Object.entries(operations)) {
      const operation = OPERATIONS.get(operationId)
      if (!operation) throw new Error(`Nothing serves ${operationId} of the contract. Add it to OPERATIONS.`)
      route[method as 'get' | 'post' | 'delete'](serve(operation, path, state, log))
    }
    route.all(methodNotAllowed(Object.keys(operations)))
  }
  return router
}

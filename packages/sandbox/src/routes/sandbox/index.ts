import { Router } from 'express'
import { methodNotAllowed } from '../../http/errors'
import { loopbackOnly } from '../../http/loopback'
import type { State } from '../../state'
import { dashboardRoutes } from './dashboard'
import { faultsRoutes } from './faults'
import { healthRoutes } from './health'
import { journalRoutes } from './journal'
import { resetRoutes } from './reset'
import type { Routes } from './routes'
import { spendRoutes } from './spend'
import { usersRoutes } from './users'

const ALL: readonly ((state: State) => Routes)[] = [
  healthRoutes,
  dashboardRoutes,
  usersRoutes,
  journalRoutes,
  resetRoutes,
  spendRoutes,
  faultsRoutes
]

/** The read side and the switches, which are no part of the contract: without a token, for this machine only. */
export function sandboxRoutes(state: State): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.use(loopbackOnly)
  for (const [path, handlers] of ALL.flatMap((routes) => Object.entries(routes(state)))) {
    const route = router.route(path)
    for (const [method, handler] of Object.entries(handlers)) route[method as keyof typeof handlers](handler)
    route.all(methodNotAllowed(Object.keys(handlers)))
  }
  return router
}

import { Router, type RequestHandler } from 'express'
import { methodNotAllowed } from '../http/errors'
import { loopbackOnly } from '../http/loopback'
import { problem } from '../http/problem'
import { queryNumber, readJson } from '../http/request'
import { JOURNAL_SIZE } from '../journal'
import type { State } from '../state'

type Handlers = Partial<Record<'get' | 'post' | 'put', RequestHandler>>

const JOURNAL_LIMIT = { fallback: JOURNAL_SIZE, maximum: JOURNAL_SIZE }
const USERS_LIMIT = { fallback: 100, maximum: 1000 }
const USERS_OFFSET = { fallback: 0, maximum: Number.MAX_SAFE_INTEGER }

/** The sandbox's own endpoints below `/sandbox`, which are no part of the contract and need no token. */
export function sandboxRoutes(state: State): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.use(loopbackOnly)
  for (const [path, handlers] of Object.entries(handlersOf(state))) {
    const route = router.route(path)
    for (const [method, handler] of Object.entries(handlers)) route[method as keyof Handlers](handler)
    route.all(methodNotAllowed(Object.keys(handlers)))
  }
  return router
}

function handlersOf(state: State): Record<string, Handlers> {
  const { store, faults } = state
  return {
    '/': { get: (_request, response) => void response.json({ run: state.run }) },
    '/health': { get: (_request, response) => void response.json({ status: 'ok', events: store.size }) },
    '/dashboard': { get: (_request, response) => void response.json(store.read().dashboard) },
    '/users': {
      get: (request, response) => {
        const limit = queryNumber(request, 'limit', USERS_LIMIT)
        const offset = queryNumber(request, 'offset', USERS_OFFSET)
        const { total, users } = store.read().listUsers(offset, limit)
        response.json({ total, limit, offset, users })
      }
    },
    '/users/:id': {
      get: (request, response) => {
        const user = store.read().findUser(request.params.id as string)
        if (!user) throw problem(404, 'No user has this id. Look for it in the list of users.')
        response.json(user)
      }
    },
    '/journal': {
      get: (request, response) => {
        response.json({ requests: state.journal.latest(queryNumber(request, 'limit', JOURNAL_LIMIT)) })
      }
    },
    '/reset': {
      post: (_request, response) => {
        state.reset()
        response.status(204).end()
      }
    },
    '/spend': {
      get: (_request, response) => void response.json(store.spend),
      put: async (request, response) => {
        state.setSpend(await readJson(request, response))
        response.json(store.spend)
      }
    },
    '/faults': {
      get: (_request, response) => void response.json(faults.settings),
      put: async (request, response) => {
        state.setFaults(await readJson(request, response))
        response.json(faults.settings)
      }
    }
  }
}

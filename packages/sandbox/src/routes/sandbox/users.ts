import { problem } from '../../http/problem'
import { queryNumber } from '../../http/query'
import type { State } from '../../state'
import type { Routes } from './routes'

const LIMIT = { fallback: 100, maximum: 1000 }
const OFFSET = { fallback: 0, maximum: Number.MAX_SAFE_INTEGER }

/** The users: in pages, in order of their External User IDs, or one of them by any of their ids. */
export const usersRoutes = ({ store }: State): Routes => ({
  '/users': {
    get: (request, response) => {
      const { users } = store.read()
      const limit = queryNumber(request, 'limit', LIMIT)
      const offset = queryNumber(request, 'offset', OFFSET)
      response.json({ total: users.length, limit, offset, users: users.slice(offset, offset + limit) })
    }
  },
  '/users/:id': {
    get: (request, response) => {
      const user = store.read().findUser(request.params.id as string)
      if (!user) throw problem(404, 'No user has this id. Look for it in the list of users.')
      response.json(user)
    }
  }
})

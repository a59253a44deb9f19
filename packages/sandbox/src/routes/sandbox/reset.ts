import type { State } from '../../state'
import type { Routes } from './routes'

/** Puts everything back to how it was at the start. */
export const resetRoutes = (state: State): Routes => ({
  '/reset': {
    post: (_request, response) => {
      state.reset()
      response.status(204).end()
    }
  }
})

import { readJson } from '../../http/body'
import type { State } from '../../state'
import type { Routes } from './routes'

/** Replaces what was spent on getting customers, and answers with the spend as the panel shows it. */
export const spendRoutes = (state: State): Routes => ({
  '/spend': {
    put: async (request, response) => {
      state.setSpend(await readJson(request, response))
      response.json(state.store.read().dashboard.spend)
    }
  }
})

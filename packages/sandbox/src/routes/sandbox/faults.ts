import { readJson } from '../../http/body'
import type { State } from '../../state'
import type { Routes } from './routes'

/** The fault switch: shows it, or sets it anew. Both answer with all settings, and what of the script is to come. */
export const faultsRoutes = (state: State): Routes => ({
  '/faults': {
    get: (_request, response) => void response.json(state.faults.settings),
    put: async (request, response) => {
      state.setFaults(await readJson(request, response))
      response.json(state.faults.settings)
    }
  }
})

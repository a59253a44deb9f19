import type { State } from '../../state'
import type { Routes } from './routes'

/** The metrics of the panel. */
export const dashboardRoutes = ({ store }: State): Routes => ({
  '/dashboard': { get: (_request, response) => void response.json(store.read().dashboard) }
})

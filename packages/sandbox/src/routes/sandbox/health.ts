import type { State } from '../../state'
import type { Routes } from './routes'

/** Whether the sandbox is up, and how many events it keeps. */
export const healthRoutes = ({ store }: State): Routes => ({
  '/health': { get: (_request, response) => void response.json({ status: 'ok', events: store.size }) }
})

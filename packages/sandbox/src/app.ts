import express, { type Express } from 'express'
import { answerError, notFound } from './http/errors'
import type { JournalEntry } from './journal'
import { contractRoutes } from './routes/contract'
import { sandboxRoutes } from './routes/sandbox'
import type { State } from './state'

/**
 * The sandbox as an HTTP application: the contract's endpoints, and the sandbox's own under `/sandbox`.
 *
 * @param log takes each contract request's entry in the journal when the request is over.
 */
export function createApp(state: State, log: (entry: JournalEntry) => void): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(contractRoutes(state, log))
  app.use('/sandbox', sandboxRoutes(state))
  app.use(notFound)
  app.use(answerError)
  return app
}

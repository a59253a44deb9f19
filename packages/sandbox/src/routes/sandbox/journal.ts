import { queryNumber } from '../../http/query'
import { JOURNAL_SIZE } from '../../journal'
import type { State } from '../../state'
import type { Routes } from './routes'

const LIMIT = { fallback: JOURNAL_SIZE, maximum: JOURNAL_SIZE }

/** The latest requests to the contract's endpoints, newest first. */
export const journalRoutes = ({ journal }: State): Routes => ({
  '/journal': {
    get: (request, response) => {
      response.json({ requests: journal.latest(queryNumber(request, 'limit', LIMIT)) })
    }
  }
})

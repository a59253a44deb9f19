import type { Request, RequestHandler, Response } from 'express'
import { refusal } from '../../faults/refuse'
import type { Plan } from '../../faults/switch'
import { requireToken } from '../../http/bearer'
import type { JournalEntry } from '../../journal'
import type { State } from '../../state'

/** An answer before faults are done to it. */
interface Answer {
  status: number
  /** Becomes JSON; without one the answer has no body. */
  body?: unknown
}

/** One request to the contract's endpoints while it is served. */
interface Exchange {
  state: State
  request: Request
  response: Response
  entry: JournalEntry
  plan: Plan
}

/**
 * An operation of the contract, in two steps: it reads and checks the request, and gives back what then does the work.
 * Between the two, a fault may delay or refuse the request.
 */
export type Operation = (exchange: Exchange) => (() => Answer) | Promise<() => Answer>

/**
 * Serves an operation: checks the token, draws the faults, writes the journal, answers.
 *
 * @param path as the contract writes it.
 * @param log takes the journal's entry when the request is over.
 */
export function serve(
  operation: Operation,
  path: string,
  state: State,
  log: (entry: JournalEntry) => void
): RequestHandler {
  return async (request, response) => {
    const entry = keepJournal(request, response, path, state, log)
    requireToken(request, state.token)
    const plan = state.faults.draw()
    entry.faults = [...plan.outcomes]
    const work = await operation({ state, request, response, entry, plan })
    if (plan.outcomes.has('slow')) await delay(plan.settings.delay_ms, response)
    const refused = refusal(plan)
    if (refused) throw refused
    if (plan.outcomes.has('timeout')) return
    send(response, work(), plan)
  }
}

function keepJournal(
  request: Request,
  response: Response,
  path: string,
  state: State,
  log: (entry: JournalEntry) => void
): JournalEntry {
  const started = performance.now()
  const entry = state.journal.open(request.method, path)
  response.once('finish', () => (entry.status = response.statusCode))
  response.once('close', () => {
    entry.duration_ms = Math.round(performance.now() - started)
    log(entry)
  })
  return entry
}

/** Waits; for ever if the client gives up before, so that nothing more is done for it. */
function delay(milliseconds: number, response: Response): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    response.once('close', () => clearTimeout(timer))
  })
}

function send(response: Response, { status, body }: Answer, { outcomes }: Plan): void {
  if (outcomes.has('drop_after_commit')) response.destroy()
  else if (outcomes.has('garbage')) response.status(200).type('application/json').send('This is not JSON.')
  else if (body === undefined) response.status(status).end()
  else response.status(status).json(body)
}

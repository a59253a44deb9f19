import { loadContract, type Operation, type Response } from '../../packages/contract/src'
import { compile, contractRef } from '../../packages/sandbox/src/contract'

/** What came back. */
export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body read as JSON; undefined if it is none. */
  json: unknown
}

const contract = loadContract()

const validators = new Map<string, ReturnType<typeof compile>>()

/** Whether a value is what a schema of the contract says, such as `Event`. */
export function isValid(schema: string, value: unknown): boolean {
  const validate = validators.get(schema) ?? compile({ $ref: contractRef(schema) })
  validators.set(schema, validate)
  return validate(value) === true
}

/** The one thing that the contract leaves to HTTP: what is answered where it has no address, or no such method. */
const PROBLEM: Response = {
  description: 'Any problem.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
}

/** What the contract does not allow about an answer: nothing, if the list is empty. */
export function answerFaults(method: string, path: string, reply: Reply): string[] {
  const response = responseTo(method, path, reply.status)
  if (!response) return [`the contract knows no ${reply.status}`]
  const [[mediaType, media] = []] = Object.entries(response.content ?? {})
  if (mediaType === undefined || media === undefined) return reply.text === '' ? [] : ['there is a body']
  const found = String(reply.headers['content-type']).split(';')[0]
  if (found !== mediaType) return [`the content type is ${found}, and not ${mediaType}`]
  if (!isValid(nameOf(media.schema.$ref), reply.json)) return [`the body is not what the contract says: ${reply.text}`]
  return [...retryFaults(reply), ...countFaults(reply.json)]
}

function responseTo(method: string, path: string, status: number): Response | undefined {
  const operation = operationOf(method, path)
  const said = operation?.responses[status] ?? operation?.responses[`${Math.floor(status / 100)}XX`]
  if (said) return '$ref' in said ? contract.components.responses[nameOf(said.$ref)] : said
  return status === 404 || status === 405 ? PROBLEM : undefined
}

function operationOf(method: string, path: string): Operation | undefined {
  const isAt = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
  return Object.entries(contract.paths).find(([template]) => isAt(template))?.[1][method.toLowerCase()]
}

const nameOf = (ref: unknown): string => String(ref).split('/').pop() as string

const retryFaults = ({ status, headers }: Reply): string[] =>
  status === 429 && !/^\d+$/.test(String(headers['retry-after'])) ? ['Retry-After is missing or wrong'] : []

/** What the contract says of the counts in words. */
function countFaults(body: unknown): string[] {
  const { accepted, duplicates, rejected, results } = body as Record<string, number> & {
    results?: { status: string }[]
  }
  if (!results) return []
  const of = (status: string) => results.filter((result) => result.status === status).length
  const isRight = of('accepted') === accepted && of('duplicate') === duplicates && of('rejected') === rejected
  return isRight ? [] : ['the counts are not those of the results']
}

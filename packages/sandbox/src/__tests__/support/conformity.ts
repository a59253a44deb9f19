import type { OpenApiDocument, Operation, Response, Schema } from '@tractionboard/contract'
import { compile, contract, contractRef } from '../../contract'

/** What came back. */
export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body, read as JSON; undefined if it is none. */
  json: unknown
}

/** Answers about an address or a method that the contract has not. */
const UNSAID: ReadonlySet<number> = new Set([404, 405])
const PROBLEM: Response = {
  description: 'Any problem.',
  content: { 'application/problem+json': { schema: { $ref: contractRef('Problem') } } }
}

/** What the contract does not allow about an answer: nothing, if the list is empty. */
export function contractFaults(method: string, path: string, reply: Reply): string[] {
  const response = responseTo(operationOf(method, path), reply.status)
  if (!response) return [`the contract knows no ${reply.status} for ${method} ${path}`]
  return [...headerFaults(response, reply), ...bodyFaults(response, reply)]
}

function operationOf(method: string, path: string): Operation | undefined {
  const found = Object.entries(contract().paths).find(([template]) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
  )
  return found?.[1][method.toLowerCase()]
}

function responseTo(operation: Operation | undefined, status: number): Response | undefined {
  const said = operation?.responses[status] ?? operation?.responses[`${Math.floor(status / 100)}XX`]
  if (said) return '$ref' in said ? pointedAt(said.$ref) : said
  return UNSAID.has(status) ? PROBLEM : undefined
}

function pointedAt(ref: string): Response {
  const responses: OpenApiDocument['components']['responses'] = contract().components.responses
  return responses[ref.split('/').pop() as string]
}

function headerFaults({ headers = {} }: Response, reply: Reply): string[] {
  return Object.entries(headers as Record<string, { schema: Schema }>).flatMap(([name, { schema }]) => {
    const value = Number(reply.headers[name.toLowerCase()])
    return compile(schema)(value) ? [] : [`the header ${name} is missing or wrong`]
  })
}

function bodyFaults({ content }: Response, reply: Reply): string[] {
  if (!content) return reply.text === '' ? [] : ['there is a body, and there must be none']
  const contentType = String(reply.headers['content-type']).split(';')[0]
  const media = content[contentType]
  if (!media) return [`the content type is ${contentType}`]
  const validate = compile({ $ref: contractRef(String(media.schema.$ref).split('/').pop() as string) })
  return validate(reply.json) ? countFaults(reply.json) : (validate.errors ?? []).map((error) => JSON.stringify(error))
}

/** What the contract says of the counts in words: they add up to the number of results, of which each is of another event. */
function countFaults(body: unknown): string[] {
  const { accepted, duplicates, rejected, results } = body as Record<string, number> & { results?: { index: number }[] }
  if (!results) return []
  return [
    ...(accepted + duplicates + rejected === results.length ? [] : ['the counts do not add up']),
    ...(new Set(results.map(({ index }) => index)).size === results.length ? [] : ['an index is there twice'])
  ]
}

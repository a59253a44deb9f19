import type { OpenApiDocument, Operation, Response, Schema } from '@tractionboard/contract'
import type { ValidateFunction } from 'ajv/dist/2020'
import { compile, contract, contractRef } from '../../sandbox/src/contract'

/** What came back. */
export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body, read as JSON; undefined if it is none. */
  json: unknown
}

const validators = new Map<string, ValidateFunction>()

/** The validator of a schema of the contract, such as `Event`. It is compiled once. */
function validatorOf(name: string): ValidateFunction {
  const validator = validators.get(name) ?? compile({ $ref: contractRef(name) })
  validators.set(name, validator)
  return validator
}

/** Whether a value is what a schema of the contract says, such as `Event`. */
export const isValid = (name: string, value: unknown): boolean => validatorOf(name)(value) === true

const nameOf = (ref: unknown): string => String(ref).split('/').pop() as string

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
  return responses[nameOf(ref)]
}

function headerFaults({ headers = {} }: Response, reply: Reply): string[] {
  return Object.entries(headers as Record<string, { schema: Schema }>).flatMap(([name, { schema }]) => {
    const text = String(reply.headers[name.toLowerCase()])
    const isRight = /^\d+$/.test(text) && compile(schema)(Number(text))
    return isRight ? [] : [`the header ${name} is missing or wrong`]
  })
}

function bodyFaults({ content }: Response, reply: Reply): string[] {
  if (!content) return reply.text === '' ? [] : ['there is a body, and there must be none']
  const contentType = String(reply.headers['content-type']).split(';')[0]
  const media = content[contentType]
  if (!media) return [`the content type is ${contentType}`]
  const validate = validatorOf(nameOf(media.schema.$ref))
  return validate(reply.json) ? countFaults(reply.json) : (validate.errors ?? []).map((error) => JSON.stringify(error))
}

/** What the contract says of the counts in words: each is that of its results, of which each is of another event. */
function countFaults(body: unknown): string[] {
  const { accepted, duplicates, rejected, results } = body as Record<string, number> & {
    results?: { index: number; status: string }[]
  }
  if (!results) return []
  const of = (status: string) => results.filter((result) => result.status === status).length
  const isRight = of('accepted') === accepted && of('duplicate') === duplicates && of('rejected') === rejected
  return [
    ...(isRight ? [] : ['the counts are not those of the results']),
    ...(new Set(results.map(({ index }) => index)).size === results.length ? [] : ['an index is there twice'])
  ]
}

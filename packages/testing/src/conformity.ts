import type { OpenApiDocument, Operation, Response, Schema } from '@tractionboard/contract'
import type { ValidateFunction } from 'ajv/dist/2020'
import { compile, contract, contractRef } from '../../sandbox/src/contract'

/** A response, read to its end. */
export interface HttpResponse {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body read as JSON, or undefined if it is not JSON. */
  json: unknown
}

const validators = new Map<string, ValidateFunction>()

/** The validator of a schema of the contract, such as `Event`, compiled once. */
function validatorOf(name: string): ValidateFunction {
  const validator = validators.get(name) ?? compile({ $ref: contractRef(name) })
  validators.set(name, validator)
  return validator
}

/** Whether a value matches a schema of the contract, such as `Event`. */
export const isValid = (name: string, value: unknown): boolean => validatorOf(name)(value) === true

const nameOf = (ref: unknown): string => String(ref).split('/').pop() as string

/** The statuses for paths and methods that the contract does not have. */
const STATUSES_OF_UNKNOWN_ROUTES: ReadonlySet<number> = new Set([404, 405])
const PROBLEM: Response = {
  description: 'Any problem.',
  content: { 'application/problem+json': { schema: { $ref: contractRef('Problem') } } }
}

/**
 * How a response violates the contract.
 *
 * @param path the path without its query.
 * @returns each violation in words; an empty list if the response conforms.
 */
export function contractViolations(method: string, path: string, response: HttpResponse): string[] {
  const specified = specifiedResponse(operationOf(method, path), response.status)
  if (!specified) return [`the contract has no ${response.status} for ${method} ${path}`]
  return [...headerViolations(specified, response), ...bodyViolations(specified, response)]
}

function operationOf(method: string, path: string): Operation | undefined {
  const found = Object.entries(contract().paths).find(([template]) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
  )
  return found?.[1][method.toLowerCase()]
}

function specifiedResponse(operation: Operation | undefined, status: number): Response | undefined {
  const specified = operation?.responses[status] ?? operation?.responses[`${Math.floor(status / 100)}XX`]
  if (specified) return '$ref' in specified ? resolve(specified.$ref) : specified
  return STATUSES_OF_UNKNOWN_ROUTES.has(status) ? PROBLEM : undefined
}

function resolve(ref: string): Response {
  const responses: OpenApiDocument['components']['responses'] = contract().components.responses
  return responses[nameOf(ref)]
}

function headerViolations({ headers = {} }: Response, response: HttpResponse): string[] {
  return Object.entries(headers as Record<string, { schema: Schema }>).flatMap(([name, { schema }]) => {
    const text = String(response.headers[name.toLowerCase()])
    const isRight = /^\d+$/.test(text) && compile(schema)(Number(text))
    return isRight ? [] : [`the header ${name} is missing or wrong`]
  })
}

function bodyViolations({ content }: Response, response: HttpResponse): string[] {
  if (!content) return response.text === '' ? [] : ['there is a body, and the contract has none']
  const contentType = String(response.headers['content-type']).split(';')[0]
  const media = content[contentType]
  if (!media) return [`the content type is ${contentType}`]
  const validate = validatorOf(nameOf(media.schema.$ref))
  return validate(response.json)
    ? countViolations(response.json)
    : (validate.errors ?? []).map((error) => JSON.stringify(error))
}

/** The contract's rule in words: the counts are those of the results, and each event has one result. */
function countViolations(body: unknown): string[] {
  const { accepted, duplicates, rejected, results } = body as Record<string, number> & {
    results?: { index: number; status: string }[]
  }
  if (!results) return []
  const of = (status: string) => results.filter((result) => result.status === status).length
  const isRight = of('accepted') === accepted && of('duplicate') === duplicates && of('rejected') === rejected
  return [
    ...(isRight ? [] : ['the counts are not those of the results']),
    ...(new Set(results.map(({ index }) => index)).size === results.length ? [] : ['an index is repeated'])
  ]
}

import { eventSchemaNames, loadContract, type OpenApiDocument, type Schema } from '@tractionboard/contract'
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020'
import { parseInstant } from './model/instant'

const CONTRACT_ID = 'contract'

/** The contract, read once a process. Throws what `loadContract` throws. */
export const contract: () => OpenApiDocument = once(loadContract)

/** The types of event that the contract knows, in its order, each with the name of its schema. */
export const eventTypes: () => Map<string, string> = once(() => new Map(Object.entries(eventSchemaNames(contract()))))

const ajv = once(() => {
  const instance = new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
    // The contract has a lint of its own; to compile JSON Schema's schema would only make the start slower.
    validateSchema: false
  })
  // What is let in must be what can be put in order of time: one reading of RFC 3339 serves both.
  instance.addFormat('date-time', (text: string) => parseInstant(text) !== undefined)
  // The one keyword around the schemas that OpenAPI adds.
  instance.addKeyword('components')
  instance.addSchema({ $id: CONTRACT_ID, components: contract().components })
  return instance
})

/**
 * Where a schema of the contract is found.
 *
 * @param name a name under `components.schemas`, such as `VisitEvent`.
 * @returns the value of a `$ref`, for schemas that build on the contract's.
 */
export function contractRef(name: string): string {
  return `${CONTRACT_ID}#/components/schemas/${name}`
}

/**
 * Compiles a schema, which may refer to the contract's with `contractRef`. Nothing is coerced, defaulted or removed,
 * and all errors are collected.
 *
 * @throws an error of Ajv if the schema itself is wrong.
 */
export function compile(schema: Schema): ValidateFunction {
  return ajv().compile(schema)
}

/**
 * Puts work off until its result is first needed.
 *
 * @returns a function that does the work at its first call, and gives the same result ever after.
 */
export function once<T>(work: () => T): () => T {
  let done: { result: T } | undefined
  return () => (done ??= { result: work() }).result
}

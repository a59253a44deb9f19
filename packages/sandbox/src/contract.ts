import { eventSchemaNames, loadContract, type OpenApiDocument, type Schema } from '@tractionboard/contract'
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020'
import { once } from 'lodash'
import { parseMonth } from './model/month'
import { parseTimestamp } from './model/timestamp'

const CONTRACT_ID = 'contract'

/**
 * The contract, read once.
 *
 * @throws what `loadContract` throws.
 */
export const contract: () => OpenApiDocument = once(loadContract)

/** The contract's types of event, in its order, each with the name of its schema. */
export const eventTypes: () => Map<string, string> = once(() => new Map(Object.entries(eventSchemaNames(contract()))))

const ajv = once(() => {
  const instance = new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
    // `npm run lint` validates the contract; doing it here as well would only make the start slower.
    validateSchema: false
  })
  // What is accepted must be what can be sorted by time, so both read RFC 3339 with the same function.
  instance.addFormat('date-time', (text: string) => parseTimestamp(text) !== undefined)
  instance.addFormat('month', (text: string) => parseMonth(text) !== undefined)
  // OpenAPI's keyword around the schemas; Ajv in its strict mode refuses keywords that it does not know.
  instance.addKeyword('components')
  instance.addSchema({ $id: CONTRACT_ID, components: contract().components })
  return instance
})

/**
 * Gives the `$ref` of a schema of the contract, for schemas that build on it.
 *
 * @param name a name under `components.schemas`.
 * @example compile({ $ref: contractRef('VisitEvent') })
 */
export function contractRef(name: string): string {
  return `${CONTRACT_ID}#/components/schemas/${name}`
}

/**
 * Compiles a schema, which may refer to the contract's with `contractRef`. Nothing is coerced, defaulted or removed,
 * and all errors are reported.
 *
 * @throws an error of Ajv if the schema itself is wrong.
 */
export function compile(schema: Schema): ValidateFunction {
  return ajv().compile(schema)
}

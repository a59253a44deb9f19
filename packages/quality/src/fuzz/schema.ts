import fc, { type Arbitrary } from 'fast-check'
import { eventSchemaNames, loadContract, type Schema } from '@tractionboard/contract'

const contract = loadContract()
const { schemas } = contract.components

/** The members of an object schema, merged from all its parts. */
interface Members {
  properties: Record<string, Schema>
  required: string[]
  /** Lists of alternatives, each a list of names. Of each list, one alternative is required. */
  alternatives: string[][][]
  /** The schema of additional members, if they are allowed. */
  others?: Schema
}

/**
 * Values that a schema of the contract allows.
 *
 * @throws Error if the schema uses keywords that the contract did not use so far.
 */
function valuesOf(schema: Schema): Arbitrary<unknown> {
  const resolved = resolve(schema)
  if ('const' in resolved) return fc.constant(resolved.const)
  if (Array.isArray(resolved.enum)) return fc.constantFrom(...(resolved.enum as unknown[]))
  if (Array.isArray(resolved.oneOf)) return fc.oneof(...(resolved.oneOf as Schema[]).map(valuesOf))
  if (resolved.type === 'string') return texts(resolved)
  if (resolved.type === 'number') return amounts(resolved)
  if (resolved.type === 'object' || resolved.allOf) return objects(membersOf(resolved))
  throw new Error(
    `Add the keywords of this schema to packages/quality/src/fuzz/schema.ts: ${JSON.stringify(resolved)}.`
  )
}

function resolve(schema: Schema): Schema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').pop() : undefined
  return name === undefined ? schema : resolve(schemas[name])
}

function membersOf(schema: Schema): Members {
  const {
    properties = {},
    required = [],
    anyOf,
    allOf = [],
    additionalProperties
  } = resolve(schema) as Partial<{
    properties: Record<string, Schema>
    required: string[]
    anyOf: { required: string[] }[]
    allOf: Schema[]
    additionalProperties: boolean | Schema
  }>
  const own: Members = {
    properties,
    required,
    alternatives: anyOf ? [anyOf.map((each) => each.required)] : [],
    others: additionalProperties === true ? {} : additionalProperties || undefined
  }
  return allOf.map(membersOf).reduce(joined, own)
}

const joined = (one: Members, other: Members): Members => ({
  properties: { ...one.properties, ...other.properties },
  required: [...one.required, ...other.required],
  alternatives: [...one.alternatives, ...other.alternatives],
  others: one.others ?? other.others
})

function objects({ properties, required, alternatives, others }: Members): Arbitrary<object> {
  const values = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)]))
  const choices = alternatives.map((names) => fc.constantFrom(...names))
  const named = fc
    .tuple(...choices)
    .chain((chosen) => fc.record(values, { requiredKeys: [...required, ...chosen.flat()] }))
  if (others === undefined) return named
  const other = Object.keys(others).length === 0 ? fc.jsonValue({ maxDepth: 3 }) : valuesOf(others)
  const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '', 'a.b'))
  return fc.tuple(fc.array(fc.tuple(names, other), { maxLength: 4 }), named).map(([entries, members]) =>
    // Assigning `__proto__` would set the prototype.
    Object.fromEntries([...entries.filter(([name]) => !Object.hasOwn(properties, name)), ...Object.entries(members)])
  )
}

function texts({ format, pattern, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
  if (format === 'date-time') return dateTimes
  const range = { minLength: minLength as number, maxLength: maxLength as number }
  const any = fc.oneof(
    { weight: 6, arbitrary: fc.string({ ...range, maxLength: Math.min(range.maxLength, 20) }) },
    { weight: 3, arbitrary: fc.string({ ...range, unit: 'binary', maxLength: Math.min(range.maxLength, 20) }) },
    { weight: 1, arbitrary: fc.constantFrom('é', '𝒳', 'x').map((letter) => letter.repeat(range.maxLength)) }
  )
  return pattern === undefined ? any : any.filter((text) => new RegExp(pattern as string, 'u').test(text))
}

const amounts = ({ minimum = 0, maximum = 1 }: Schema): Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
    fc.double({ min: minimum as number, max: maximum as number, noNaN: true }),
    fc.constantFrom(minimum as number, maximum as number, 5e-7)
  )

const dateTimes: Arbitrary<string> = fc
  .tuple(
    fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9998-12-30T00:00:00Z'), noInvalidDate: true }),
    fc.constantFrom('', '.5', '.120', '.123456', '.123456789'),
    fc.constantFrom('Z', 'z', '+00:00', '-23:59', '+14:00')
  )
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`)

/** Valid events, of each type equally often. */
export const events: Arbitrary<Record<string, unknown>> = fc.oneof(
  ...Object.values(eventSchemaNames(contract))
    .map((name) => valuesOf(schemas[name]) as Arbitrary<Record<string, unknown>>)
    // A schema cannot say that an alias to itself is invalid.
    .map((values) =>
      values.filter(({ previous_id, external_user_id }) => !previous_id || previous_id !== external_user_id)
    )
)

import fc from 'fast-check'
import type { ServerResponse } from './oracle'

/** Responds to events with these ids. */
export type Responder = (ids: string[]) => ServerResponse

type Result = unknown

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', '0', 'a', -1, 0, 0.5, 1, 1e9, [], {}, [0], { index: 0 }),
  fc.jsonValue({ maxDepth: 2 })
)

const error = fc.record(
  {
    code: fc.constantFrom('invalid', 'conflict', 'too_large', 'unavailable', 'other'),
    field: fc.constantFrom(null, '', 'name', 'context.page', 5),
    message: fc.constantFrom<unknown>('is wrong.', '', null, 5),
    retryable: fc.constantFrom<unknown>(true, false, null, 'yes')
  },
  { requiredKeys: [] }
)

/** The result of one event, mostly valid and mostly accepted. */
const result = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ status: 'accepted' }) },
  { weight: 2, arbitrary: fc.constant({ status: 'duplicate' }) },
  {
    weight: 3,
    arbitrary: fc.boolean().map((retryable) => ({ status: 'rejected', error: { message: 'is wrong.', retryable } }))
  },
  {
    weight: 1,
    arbitrary: fc.record({ status: fc.constantFrom('rejected', 'ok', null, 200), error: fc.oneof(error, anyValue) })
  }
)

type Corruption = (results: Result[], ids: string[]) => Result[]

/** Changes the result at a position, modulo the number of results. */
const atPlace =
  (position: number, change: (result: Result, ids: string[]) => Result[]): Corruption =>
  (results, ids) =>
    results.flatMap((result, index) => (index === position % results.length ? change(result, ids) : [result]))

const withMembers = (members: object) => (result: Result) => [{ ...(result as object), ...members }]

const position = fc.nat({ max: 2000 })

/** What a faulty server does to the results of a request. */
const corruption: fc.Arbitrary<Corruption> = fc.oneof(
  position.map((at) => atPlace(at, () => [])),
  position.map((at) => atPlace(at, (result) => [result, result])),
  fc.tuple(position, result).map(([at, other]) => atPlace(at, (result) => [result, ...withMembers(other)(result)])),
  fc
    .tuple(position, fc.constantFrom('index', 'id', 'status', 'error'), anyValue)
    .map(([at, name, value]) => atPlace(at, withMembers({ [name]: value }))),
  fc.tuple(position, position).map(([at, other]) => atPlace(at, withMembers({ index: other }))),
  fc
    .tuple(position, position)
    .map(([at, other]) => atPlace(at, (result, ids) => withMembers({ id: ids[other % ids.length] })(result))),
  fc.tuple(position, anyValue).map(([at, value]) => atPlace(at, () => [value])),
  fc.tuple(position, anyValue).map(([at, value]) => atPlace(at, (result) => [value, result])),
  position.map<Corruption>((at) => (results) => [...results.slice(at % 7), ...results.slice(0, at % 7)]),
  fc.constant<Corruption>((results) => [...results].reverse()),
  fc.constant<Corruption>((results, ids) => [...results, { index: ids.length, id: 'nobody', status: 'accepted' }]),
  fc.constant<Corruption>(() => [])
)

/** What a faulty server does to the text of its response. */
const wrapper: fc.Arbitrary<(results: Result[]) => string> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((results: Result[]) => JSON.stringify({ results })) },
  { weight: 1, arbitrary: fc.constant((results: Result[]) => JSON.stringify(results)) },
  { weight: 1, arbitrary: fc.constant((results: Result[]) => JSON.stringify({ results: { ...results } })) },
  { weight: 1, arbitrary: fc.constant((results: Result[]) => `\ufeff${JSON.stringify({ results })}`) },
  { weight: 1, arbitrary: fc.constant((results: Result[]) => `{"results":[],"results":${JSON.stringify(results)}}`) },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 5000 }).map((end) => (results: Result[]) => JSON.stringify({ results }).slice(0, end))
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('', ' ', '<html></html>', 'null', '5', '"ok"', '{"detail":"No."}')
      .map((text) => () => text)
  },
  { weight: 1, arbitrary: anyValue.map((value) => () => JSON.stringify({ results: value })) }
)

const status = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(200, 207, 422) },
  { weight: 4, arbitrary: fc.constant(413) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(201, 202, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 408, 409, 410, 423, 429)
  },
  { weight: 2, arbitrary: fc.constantFrom(500, 501, 502, 503, 504, 520, 599) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) }
)

/** An arbitrary response to any request. */
export const responder: fc.Arbitrary<Responder> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Responder>(() => 'none') },
  {
    weight: 20,
    arbitrary: fc
      .record({
        status,
        results: fc.array(result, { minLength: 1, maxLength: 6 }),
        corruptions: fc.oneof(fc.constant<Corruption[]>([]), fc.array(corruption, { maxLength: 3 })),
        wrapper
      })
      .map<Responder>(({ status, results, corruptions, wrapper }) => (ids) => {
        const right: Result[] = ids.map((id, index) => ({ index, id, ...results[index % results.length] }))
        return { status, text: wrapper(corruptions.reduce((results, corrupt) => corrupt(results, ids), right)) }
      })
  }
)

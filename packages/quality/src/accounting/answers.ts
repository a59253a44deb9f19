import fc from 'fast-check'
import type { Answer } from './oracle'

/** Makes an answer to events with these ids. */
export type Answerer = (ids: string[]) => Answer

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

/** What is said of an event when nothing is wrong with the answer: mostly that it was accepted. */
const word = fc.oneof(
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

type Mangler = (results: Result[], ids: string[]) => Result[]

/** Does something to the result at a place, counted around the end. */
const atPlace =
  (place: number, change: (result: Result, ids: string[]) => Result[]): Mangler =>
  (results, ids) =>
    results.flatMap((result, index) => (index === place % results.length ? change(result, ids) : [result]))

const withMembers = (members: object) => (result: Result) => [{ ...(result as object), ...members }]

const place = fc.nat({ max: 2000 })

/** What a bad server does to the results of a request. */
const mangler: fc.Arbitrary<Mangler> = fc.oneof(
  place.map((at) => atPlace(at, () => [])),
  place.map((at) => atPlace(at, (result) => [result, result])),
  fc.tuple(place, word).map(([at, other]) => atPlace(at, (result) => [result, ...withMembers(other)(result)])),
  fc
    .tuple(place, fc.constantFrom('index', 'id', 'status', 'error'), anyValue)
    .map(([at, name, value]) => atPlace(at, withMembers({ [name]: value }))),
  fc.tuple(place, place).map(([at, other]) => atPlace(at, withMembers({ index: other }))),
  fc
    .tuple(place, place)
    .map(([at, other]) => atPlace(at, (result, ids) => withMembers({ id: ids[other % ids.length] })(result))),
  fc.tuple(place, anyValue).map(([at, value]) => atPlace(at, () => [value])),
  fc.tuple(place, anyValue).map(([at, value]) => atPlace(at, (result) => [value, result])),
  place.map<Mangler>((at) => (results) => [...results.slice(at % 7), ...results.slice(0, at % 7)]),
  fc.constant<Mangler>((results) => [...results].reverse()),
  fc.constant<Mangler>((results, ids) => [...results, { index: ids.length, id: 'nobody', status: 'accepted' }]),
  fc.constant<Mangler>(() => [])
)

/** What a bad server does to the text of its answer. */
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

/** An answer of any sort to a request, which may be any request. */
export const answerer: fc.Arbitrary<Answerer> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Answerer>(() => 'nothing') },
  {
    weight: 20,
    arbitrary: fc
      .record({
        status,
        words: fc.array(word, { minLength: 1, maxLength: 6 }),
        manglers: fc.oneof(fc.constant<Mangler[]>([]), fc.array(mangler, { maxLength: 3 })),
        wrapper
      })
      .map<Answerer>(({ status, words, manglers, wrapper }) => (ids) => {
        const right: Result[] = ids.map((id, index) => ({ index, id, ...words[index % words.length] }))
        return { status, text: wrapper(manglers.reduce((results, mangle) => mangle(results, ids), right)) }
      })
  }
)

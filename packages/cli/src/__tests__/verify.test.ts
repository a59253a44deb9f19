import destination from '@tractionboard/destination'
import { CALLED_ACTIONS } from '../contribute/verify/calls'
import { GATES, type GateResult } from '../contribute/verify/gates'
import { assertHeld } from '../contribute/verify/serve'
import { describeExplanations, describeGate, gatesHeading } from '../report/gates'

const result = (rest: Partial<GateResult>): GateResult => ({ gate: GATES[0], status: 'passed', seconds: 8, ...rest })

it('callFor has a call for each action', () => {
  expect([...CALLED_ACTIONS].sort()).toEqual(Object.keys(destination.actions).sort())
})

describe('describeGate', () => {
  it('fits a terminal of 80 columns for each gate that passed', () => {
    const lines = [gatesHeading(), ...GATES.map((gate) => describeGate(result({ gate, seconds: 599 })))].flat()
    expect(lines).toHaveLength(GATES.length + 1)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })

  it('gives the first error of a gate that failed, and the file with the whole output', () => {
    const reason = 'word '.repeat(100).trim()
    const [line, ...rest] = describeGate(result({ status: 'failed', reason, log: 'types.log' }))
    expect(line).toMatch(/^types +\.\/bin\/run generate:types -p \$DIR\/index\.ts +failed$/)
    expect(rest.pop()).toBe('  types.log')
    expect(rest.every((text) => text.startsWith('  word') && text.length <= 80)).toBe(true)
    expect(rest.join(' ').length).toBeGreaterThan(390)
  })
})

describe('describeExplanations', () => {
  it('gives each reason once, with the gates that were not run', () => {
    const notRun = (index: number, reason: string) => result({ gate: GATES[index], status: 'not run', reason })
    const text = describeExplanations([notRun(0, 'of this.'), result({}), notRun(2, 'of that.'), notRun(3, 'of this.')])
    expect(text.slice(0, 2)).toEqual([
      'Not run: types and eslint, because of this.',
      'Not run: typecheck, because of that.'
    ])
  })
})

describe('assertHeld', () => {
  const request = (ids: string[], accepted: number) =>
    ({
      path: '/v1/events',
      status: 200,
      counts: { accepted },
      events: ids.map((id) => ({ type: 'cancel', id }))
    }) as never
  const deletion = { path: '/v1/erasures', status: 204, counts: null, events: [] } as never
  const held =
    (...requests: never[]) =>
    () =>
      assertHeld({ journal: () => requests }, ['a', 'b', 'c'])

  it('accepts a journal with each event once and the deletion', () => {
    expect(held(deletion, request(['b', 'c'], 2), request(['a'], 1))).not.toThrow()
  })

  it.each([
    ['lacks an event', [deletion, request(['a'], 1), request(['b'], 1)], 'did not accept the event c exactly once'],
    ['has a request with a rejected event', [deletion, request(['a'], 1), request(['b', 'c'], 1)], 'event b exactly'],
    ['has an event twice', [deletion, request(['a'], 1), request(['a', 'b', 'c'], 3)], 'event a exactly once'],
    ['has an event that was not sent', [deletion, request(['a', 'b', 'c', 'd'], 4)], 'events that were not sent'],
    ['lacks the deletion', [request(['a', 'b', 'c'], 3)], 'The deletion did not reach the sandbox']
  ])('rejects a journal that %s', (_, requests, message) => {
    expect(held(...requests)).toThrow(message)
  })
})

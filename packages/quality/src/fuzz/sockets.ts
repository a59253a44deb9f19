import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { RESPONSE_TIMEOUT_MS, countResponse } from './http'
import { kind } from './kind'
import type { Target } from './target'

/** What is written to a socket, and how it ends. */
interface SocketScript {
  pieces: Buffer[]
  /** Milliseconds between the pieces. */
  pause?: number
  /** Whether the socket is destroyed after the last piece, without waiting for a response. */
  isAborted?: boolean
}

/**
 * Writes to a raw socket and ends it.
 *
 * @returns all bytes received until the server closed the connection.
 * @throws Error if the server does not close it in time.
 */
async function runScript({ port }: Target, { pieces, pause = 0, isAborted }: SocketScript): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // The server may close the connection during a write.
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const ended = new Promise<void>((resolve) => socket.once('end', () => resolve()))
  for (const piece of pieces) {
    if (pause > 0) await sleep(pause)
    if (socket.writable) socket.write(piece)
  }
  if (isAborted) socket.destroy()
  else socket.end()
  const late = sleep(RESPONSE_TIMEOUT_MS, 'late', { ref: false })
  const outcome = await Promise.race([closed, ended, late])
  socket.destroy()
  if (outcome === 'late') throw new Error(`The connection is still open after ${RESPONSE_TIMEOUT_MS} ms.`)
  return Buffer.concat(chunks)
}

/** The statuses of the responses in received bytes. */
function statusesIn(bytes: Buffer): number[] {
  const text = bytes.toString('latin1')
  const head = /^HTTP\/1\.1 (\d{3})[^]*?\r\n\r\n/.exec(text)
  if (!head) return []
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head[0])?.[1] ?? 0)
  return [Number(head[1]), ...statusesIn(bytes.subarray(head[0].length + length))]
}

/** A request with the token, as text. */
function http({ token }: Target, line: string, headers: string[] = [], body = ''): string {
  const lines = [`${line} HTTP/1.1`, 'host: 127.0.0.1', `authorization: Bearer ${token}`, ...headers]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

const JSON_TYPE = 'content-type: application/json'

const NOBODY = JSON.stringify({ external_user_id: 'nobody' })

const visit = (id: number) =>
  JSON.stringify({
    events: [
      { type: 'visit', id: `socket ${id}`, occurred_at: '2026-01-01T00:00:00Z', anonymous_id: 'a', channel: 'page' }
    ]
  })

/** Requests for one connection, with their expected statuses. */
const PIPELINED: [status: number, request: (target: Target) => string][] = [
  [200, (target) => http(target, 'GET /v1/token')],
  [200, (target) => http(target, 'POST /v1/events', [JSON_TYPE, `content-length: ${visit(1).length}`], visit(1))],
  [
    200,
    (target) =>
      http(
        target,
        'POST /v1/events',
        [JSON_TYPE, 'transfer-encoding: chunked'],
        `${visit(1).length.toString(16)};x=y\r\n${visit(1)}\r\n0\r\nx-trailer: 1\r\n\r\n`
      )
  ],
  [400, (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'content-length: 2'], '{]')],
  [415, (target) => http(target, 'POST /v1/events', ['content-length: 0'])],
  [404, (target) => http(target, 'GET /nothing')],
  [405, (target) => http(target, 'PUT /v1/token', ['content-length: 2'], '{}')],
  [204, (target) => http(target, 'POST /v1/erasures', [JSON_TYPE, `content-length: ${NOBODY.length}`], NOBODY)]
]

/** Invalid HTTP: Node's parser responds before the sandbox sees it, or closes the connection. */
const INVALID_HTTP: ((target: Target) => string)[] = [
  () => 'GARBAGE\r\n\r\n',
  () => '\u0000\u0001\u0002\u0003',
  () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  () => 'GET /v1/token HTTP/1.1\r\n\r\n',
  () => 'GET /v1/token HTTP/9.9\r\nhost: x\r\n\r\n',
  () => 'GET /v1/token\r\n\r\n',
  () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  (target) => http(target, 'GET /v1/to ken'),
  (target) => http(target, 'GET /v1/token', ['x: a\u0000b']),
  (target) => http(target, 'GET /v1/token', [' folded: x']),
  (target) => http(target, 'GET /v1/token', [`x: ${'y'.repeat(40_000)}`]),
  (target) => http(target, 'GET /v1/token', Array<string>(3000).fill('x: y')),
  (target) => http(target, `GET /v1/${'x'.repeat(40_000)}`),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'content-length: -1'], '{}'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'content-length: 2', 'content-length: 3'], '{}'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'content-length: 99999999999999999999'], '{}'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'content-length: 500'], '{"events":['),
  (target) =>
    http(target, 'POST /v1/events', [JSON_TYPE, 'content-length: 2', 'transfer-encoding: chunked'], '0\r\n\r\n'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'transfer-encoding: chunked'], 'ffffffffffffffff\r\n{}'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'transfer-encoding: gzip'], '{}'),
  (target) => http(target, 'POST /v1/events', [JSON_TYPE, 'expect: the-unexpected', 'content-length: 2'], '{}'),
  (target) => http(target, 'CONNECT elsewhere.example:443'),
  (target) => http(target, 'GET /v1/token', ['connection: upgrade', 'upgrade: websocket'])
]

const slow = fc.record({
  cuts: fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 4 }),
  pause: fc.nat({ max: 4 })
})

function inPieces(text: string, cuts: number[]): Buffer[] {
  const bytes = Buffer.from(text)
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((one, other) => one - other), bytes.length]
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place))
}

const same = (found: number[], right: number[]) => found.join() === right.join()

export const SOCKET_KINDS = [
  kind(
    'requests one after the other on one connection',
    8,
    fc.array(fc.nat({ max: PIPELINED.length - 1 }), { minLength: 2, maxLength: 6 }),
    async (target, chosen) => {
      const requests = chosen.map((index) => PIPELINED[index])
      const text = requests.map(([, request]) => request(target)).join('')
      const statuses = statusesIn(await runScript(target, { pieces: [Buffer.from(text)] }))
      statuses.forEach(countResponse)
      const right = requests.map(([status]) => status)
      return same(statuses, right) ? [] : [`${right.join()} expected, got ${statuses.join()}`]
    }
  ),
  kind('slow uploads', 3, slow, async (target, { cuts, pause }) => {
    const text = http(target, 'POST /v1/events', [JSON_TYPE, `content-length: ${visit(2).length}`], visit(2))
    const statuses = statusesIn(await runScript(target, { pieces: inPieces(text, cuts), pause }))
    statuses.forEach(countResponse)
    return same(statuses, [200]) ? [] : [`200 expected, got ${statuses.join()}`]
  }),
  kind('aborted uploads', 3, slow, async (target, { cuts, pause }) => {
    const text = http(target, 'POST /v1/events', [JSON_TYPE, `content-length: ${visit(3).length}`], visit(3))
    await runScript(target, { pieces: inPieces(text, cuts).slice(0, -1), pause, isAborted: true })
    countResponse('none')
    return []
  }),
  kind('requests that are not HTTP', 2, fc.nat({ max: INVALID_HTTP.length - 1 }), async (target, index) => {
    const statuses = statusesIn(
      await runScript(target, { pieces: [Buffer.from(INVALID_HTTP[index](target), 'latin1')] })
    )
    if (statuses.length === 0) countResponse('none')
    statuses.forEach(countResponse)
    return statuses.every((status) => status < 500) ? [] : [`server error: ${statuses.join()}`]
  })
]

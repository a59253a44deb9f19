import { createConnection } from 'node:net'
import { DEFAULT_TOKEN, startSandbox, type Faults, type Sandbox, type SandboxOptions } from '..'
import { Store } from '../store'
import { send } from './support/http'

const running: Sandbox[] = []

const start = async (options?: SandboxOptions) => {
  const sandbox = await startSandbox(options)
  running.push(sandbox)
  return sandbox
}

afterEach(async () => {
  jest.restoreAllMocks()
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
})

describe('a sandbox', () => {
  it('listens on a free port of this machine', async () => {
    expect((await start()).origin).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/)
  })

  it('has a default token', async () => {
    expect((await start()).token).toBe(DEFAULT_TOKEN)
  })

  it('accepts another token', async () => {
    const sandbox = await start({ token: 'tb_another' })
    expect((await send(sandbox, 'GET', '/v1/token', { token: 'tb_another' })).status).toBe(200)
  })

  it('names its run with a UUID, another one than that of any other', async () => {
    const [one, other] = [await start(), await start()]
    expect([one.run(), one.run() === other.run()]).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      false
    ])
  })

  it('starts with a spend', async () => {
    expect((await start({ spend: { USD: 1200 } })).dashboard().spend).toStrictEqual({ USD: '1200.00' })
  })

  it('starts with faults', async () => {
    const sandbox = await start({ faults: { script: ['server_error'] } })
    expect((await send(sandbox, 'GET', '/v1/token')).status).toBe(503)
  })

  it('does not share its state with another', async () => {
    const [one, other] = [await start(), await start()]
    one.setSpend({ USD: 1 })
    expect(other.dashboard().spend).toStrictEqual({})
  })

  it('writes nothing to standard error by default', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue()
    await send(await start(), 'GET', '/v1/token')
    expect(log).not.toHaveBeenCalled()
  })

  it('writes a line about each request if it is not quiet', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue()
    const sandbox = await start({ quiet: false, faults: { script: ['ok', 'server_error'] } })
    await send(sandbox, 'POST', '/v1/events', { body: { events: [1] } })
    await send(sandbox, 'GET', '/v1/token')
    await sandbox.close()
    expect(log.mock.calls).toEqual([
      [expect.stringMatching(/^POST \/v1\/events 422; 0 accepted, 0 duplicates, 1 rejected; \d+ ms$/)],
      [expect.stringMatching(/^GET \/v1\/token 503; faults: server_error; \d+ ms$/)]
    ])
  })
})

describe('a sandbox that fails', () => {
  const failing = async () => {
    const printError = jest.fn()
    const sandbox = await start({ printError })
    jest.spyOn(Store.prototype, 'read').mockImplementation(() => {
      throw new Error('the disk is gone')
    })
    jest.spyOn(Store.prototype, 'erase').mockImplementation(() => {
      throw new Error('the disk is gone')
    })
    return { sandbox, printError }
  }

  it.each([
    ['GET', '/sandbox/dashboard', undefined],
    ['POST', '/v1/erasures', { external_user_id: 'u1' }]
  ])('responds 500 to %s %s, and prints the error as it was asked to', async (method, path, body) => {
    const console = jest.spyOn(global.console, 'error').mockReturnValue()
    const { sandbox, printError } = await failing()
    expect((await send(sandbox, method, path, { body })).status).toBe(500)
    expect(printError.mock.calls).toEqual([[expect.stringContaining('Error: the disk is gone\n    at ')]])
    expect(console).not.toHaveBeenCalled()
  })
})

describe('startSandbox', () => {
  it('rejects a port that is taken', async () => {
    const port = Number(new URL((await start()).origin).port)
    await expect(startSandbox({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken: choose another one, or 0 for any that is free.`
    )
  })

  it('rejects a blank token', async () => {
    await expect(startSandbox({ token: ' ' })).rejects.toThrow('The token is blank')
  })

  it('rejects an unknown currency', async () => {
    await expect(startSandbox({ spend: { BTC: 1 } })).rejects.toThrow('BTC of the spend is not a currency.')
  })

  it('rejects an unknown fault', async () => {
    await expect(startSandbox({ faults: { fire: 1 } as Faults })).rejects.toThrow(
      'fire of the fault configuration is not a known field.'
    )
  })
})

describe('closing a sandbox', () => {
  const timeToClose = async (sandbox: Sandbox) => {
    const started = performance.now()
    await sandbox.close()
    return performance.now() - started
  }

  it('takes no time with an open connection', async () => {
    const sandbox = await start()
    const socket = createConnection(Number(new URL(sandbox.origin).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write('GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n')
    await new Promise((resolve) => socket.once('data', resolve))
    expect(await timeToClose(sandbox)).toBeLessThan(1000)
  })

  it.each<Faults>([{ script: ['timeout'] }, { script: ['slow'], delay_ms: 60_000 }])(
    'takes no time with a response due: %j',
    async (faults) => {
      const sandbox = await start({ faults })
      const reply = send(sandbox, 'GET', '/v1/token').catch(() => 'no response')
      while (sandbox.faults().script.length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
      expect([(await timeToClose(sandbox)) < 1000, await reply]).toEqual([true, 'no response'])
    }
  )

  it('may be repeated', async () => {
    const sandbox = await start()
    await sandbox.close()
    await expect(sandbox.close()).resolves.toBeUndefined()
  })

  it('ends it', async () => {
    const sandbox = await start()
    await sandbox.close()
    await expect(send(sandbox, 'GET', '/v1/token')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

import destination from '@tractionboard/destination'
import { advisoriesIn, REVIEWED, unreviewed } from '../advisories'
import { checkDeletions, checkRedirects } from '../requests'
import { canariesIn } from '../canaries'
import { checkCommand, checkRecordings } from '../command'
import { checkDeliveries } from '../deliveries'
import { isPermissive } from '../dependencies'
import { checkPrototypes } from '../prototypes'
import { SCENARIOS } from '../scenarios'
import { wrapRequests } from '@tractionboard/local-segment'

jest.setTimeout(60_000)

describe('the security checks find', () => {
  it('no canary in what the destination and the sandbox return, throw or log', async () => {
    expect((await checkDeliveries()).findings).toEqual([])
  })

  it('no canary in what the command prints', async () => {
    expect((await checkCommand()).findings).toEqual([])
  })

  it('no token in the recordings', () => {
    expect(checkRecordings().findings).toEqual([])
  })

  it('no redirect that is followed', async () => {
    expect((await checkRedirects()).findings).toEqual([])
  })

  it('canaries where a destination leaks them', async () => {
    const leaky = wrapRequests(
      destination,
      (request) =>
        (async (url, options) => {
          const response = await request(url, options)
          if (response.status === 200) return response
          throw Object.assign(new Error(), { code: JSON.stringify(options) })
        }) as typeof request
    )
    const unauthorized = SCENARIOS.filter(({ name }) => name === 'an unknown token')
    expect((await checkDeliveries(leaky, unauthorized)).findings).not.toEqual([])
    expect(canariesIn('a Canary-Mail@acme.example, "amount":48151.62, Bearer tb_canary_token')).toHaveLength(3)
  })
})

describe('checkDeletions', () => {
  it('finds that each deletion sends exactly its id, or nothing if it is blank or a placeholder', async () => {
    expect((await checkDeletions()).findings).toEqual([])
  })
})

describe('checkPrototypes', () => {
  it('finds that hostile members are data and change no prototype', async () => {
    expect((await checkPrototypes()).findings).toEqual([])
  })
})

describe('isPermissive', () => {
  it.each(['MIT', 'ISC', '(MIT OR GPL-3.0)', 'BSD-3-Clause AND Apache-2.0'])('accepts %s', (license) => {
    expect(isPermissive(license)).toBe(true)
  })

  it.each(['GPL-3.0', 'MIT AND GPL-2.0', 'none', 'UNLICENSED', ''])('rejects %j', (license) => {
    expect(isPermissive(license)).toBe(false)
  })
})

describe('advisories', () => {
  const [{ name, advisories }] = REVIEWED
  const report = (id: string) => ({
    vulnerabilities: {
      [name]: { via: [{ name, url: `https://github.com/advisories/${id}` }] },
      ajv: { via: [name] }
    }
  })

  it("are read from npm's report", () => {
    expect(advisoriesIn(report('GHSA-1'))).toEqual([{ name, id: 'GHSA-1' }])
    expect(advisoriesIn({})).toBeUndefined()
  })

  it('must be reviewed, on the version in use', () => {
    expect(unreviewed({ advisories: [{ name, id: advisories[0] }] }, REVIEWED.slice())).toEqual([])
    expect(unreviewed({ advisories: [{ name, id: 'GHSA-1' }] }, REVIEWED.slice())).toEqual([
      expect.stringContaining('GHSA-1')
    ])
    expect(unreviewed({ unknown: '405' }, REVIEWED.slice(1))).toEqual([expect.stringContaining(name)])
  })
})

import destination from '@tractionboard/destination'
import { advisoriesIn, REVIEWED, unreviewed } from '../advisories'
import { checkDeletions, checkRedirects } from '../addresses'
import { canariesIn } from '../canaries'
import { checkCommand, checkRecordings } from '../command'
import { checkDeliveries } from '../deliveries'
import { isPermissive } from '../dependencies'
import { checkPrototypes } from '../prototypes'
import { SITUATIONS } from '../situations'
import { wrapRequests } from '@tractionboard/local-segment'

jest.setTimeout(60_000)

describe('the token and personal data', () => {
  it('are in nothing that the destination and the sandbox tell or log, whatever happens', async () => {
    expect((await checkDeliveries()).findings).toEqual([])
  })

  it('are in nothing that the command prints', async () => {
    expect((await checkCommand()).findings).toEqual([])
  })

  it('are in no recording, as far as the token goes', () => {
    expect(checkRecordings().findings).toEqual([])
  })

  it('go to no other address by a redirect', async () => {
    expect((await checkRedirects()).findings).toEqual([])
  })

  it('would be found', async () => {
    const leaky = wrapRequests(
      destination,
      (request) =>
        (async (url, options) => {
          const answer = await request(url, options)
          if (answer.status === 200) return answer
          throw Object.assign(new Error(), { code: JSON.stringify(options) })
        }) as typeof request
    )
    const refused = SITUATIONS.filter(({ name }) => name === 'a token that is not known')
    expect((await checkDeliveries(leaky, refused)).findings).not.toEqual([])
    expect(canariesIn('a Canary-Mail@acme.example, "amount":48151.62, Bearer tb_canary_token')).toHaveLength(3)
  })
})

describe('an id', () => {
  it('is erased at its own address and at no other, or the deletion is refused', async () => {
    expect((await checkDeletions()).findings).toEqual([])
  })
})

describe('members such as __proto__ and constructor', () => {
  it('are data, and change nothing that objects share', async () => {
    expect((await checkPrototypes()).findings).toEqual([])
  })
})

describe('a licence', () => {
  it.each(['MIT', 'ISC', '(MIT OR GPL-3.0)', 'BSD-3-Clause AND Apache-2.0'])('%s is permissive', (license) => {
    expect(isPermissive(license)).toBe(true)
  })

  it.each(['GPL-3.0', 'MIT AND GPL-2.0', 'none', 'UNLICENSED', ''])('%j is not', (license) => {
    expect(isPermissive(license)).toBe(false)
  })
})

describe('an advisory', () => {
  const [{ name, advisories }] = REVIEWED
  const report = (id: string) => ({
    vulnerabilities: {
      [name]: { via: [{ name, url: `https://github.com/advisories/${id}` }] },
      ajv: { via: [name] }
    }
  })

  it("is read from npm's report", () => {
    expect(advisoriesIn(report('GHSA-1'))).toEqual([{ name, id: 'GHSA-1' }])
    expect(advisoriesIn({})).toBeUndefined()
  })

  it('is looked at by a person, on the version in use', () => {
    expect(unreviewed({ advisories: [{ name, id: advisories[0] }] }, REVIEWED.slice())).toEqual([])
    expect(unreviewed({ advisories: [{ name, id: 'GHSA-1' }] }, REVIEWED.slice())).toEqual([
      expect.stringContaining('GHSA-1')
    ])
    expect(unreviewed({ unknown: '405' }, REVIEWED.slice(1))).toEqual([expect.stringContaining(name)])
  })
})

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIMITS } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { CATALOG } from '../catalog'
import { CliError } from '../errors'
import { metadata } from '../generate/metadata'
import { program } from '../program'
import { register } from '../register'
import { buildPacket, type Packet } from '../register/packet'

const DETAILS = { supportEmail: 'support@acme.example' }
const PULL_REQUEST = 'https://github.com/segmentio/action-destinations/pull/4321'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'register-')), 'packet')
})

afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const written = (details = {}) => {
  register(destination, LIMITS, { ...DETAILS, ...details }, folder)
  return (name: string) => readFileSync(join(folder, name), 'utf8')
}

describe('buildPacket', () => {
  const packet = buildPacket(destination, LIMITS, { ...DETAILS, pullRequest: PULL_REQUEST })

  it('takes over what the definition says', () => {
    const { name, slug, description, authentication, actions, presets } = destination
    expect(packet).toMatchObject({ name, slug, description })
    expect(packet.settings.map((setting) => setting.name)).toEqual(Object.keys(authentication?.fields ?? {}))
    expect(packet.actions.map((action) => action.slug)).toEqual(Object.keys(actions))
    expect(packet.presets.map((preset) => preset.name)).toEqual(presets?.map((preset) => preset.name))
  })

  it('adds the facts of the catalog', () => {
    const { website, categories, logo, mark } = CATALOG
    expect(packet).toMatchObject({ website, categories, logo: { url: logo }, mark: { url: mark } })
  })

  it('supports the methods that the presets match', () => {
    expect(packet.methods).toEqual({ page: true, screen: true, identify: true, track: true, group: true, alias: true })
    const presets = destination.presets?.filter(({ name }) => name !== 'Screen Visits')
    expect(buildPacket({ ...destination, presets }, LIMITS, DETAILS).methods).toMatchObject({
      page: true,
      screen: false
    })
  })

  it('connects in the cloud only, from every kind of source', () => {
    expect(packet.connectionModes).toEqual({
      cloud: { web: true, mobile: true, server: true },
      device: { web: false, mobile: false, server: false }
    })
  })

  it("adds the contract's limits", () => {
    expect(packet.limits).toEqual(LIMITS)
  })

  it('adds what a person entered', () => {
    expect(packet).toMatchObject({ supportEmail: DETAILS.supportEmail, pullRequest: PULL_REQUEST })
    expect(buildPacket(destination, LIMITS, DETAILS).pullRequest).toBeNull()
  })

  it.each(['', 'support', 'support@', 'support@localhost', 'a b@acme.example', 'a@acme.example, b@acme.example'])(
    'rejects "%s" as an address',
    (supportEmail) => {
      expect(() => buildPacket(destination, LIMITS, { supportEmail })).toThrow(CliError)
    }
  )

  it.each(['4321', 'https://github.com/acme/action-destinations/pull/1', `${PULL_REQUEST}/files`, ''])(
    'rejects "%s" as a pull request',
    (pullRequest) => {
      expect(() => buildPacket(destination, LIMITS, { ...DETAILS, pullRequest })).toThrow(
        /is not a pull request on action-destinations/
      )
    }
  )

  it('accepts a description of 500 characters, and rejects a longer one', () => {
    const described = (length: number) => () =>
      buildPacket({ ...destination, description: 'x'.repeat(length) }, LIMITS, DETAILS)
    expect(described(500)).not.toThrow()
    expect(described(501)).toThrow('The description has 501 characters, but the catalog takes at most 500.')
  })
})

describe('register', () => {
  it('writes the packet as data, and the metadata as upstream has it', () => {
    const file = written()
    expect(JSON.parse(file('packet.json')) as Packet).toEqual(buildPacket(destination, LIMITS, DETAILS))
    expect(file('metadata.json')).toBe(metadata(destination))
  })

  it('writes no e-mail while there is no pull request, and says that it is missing', () => {
    const file = written()
    expect(readdirSync(folder)).toEqual(['README.md', 'metadata.json', 'packet.json'])
    expect(file('README.md')).toContain('- The link to the pull request')
  })

  it('writes the e-mail for the catalog', () => {
    const email = written({ pullRequest: PULL_REQUEST })('catalog-email.txt')
    expect(email.split('\n').filter((line) => line.includes(': '))).toEqual([
      'To: partner-support@segment.com',
      'Subject: Tractionboard (Actions): information for the catalog entry',
      'Name: Tractionboard (Actions)',
      `Link to the most recent pull request on action-destinations: ${PULL_REQUEST}`,
      `Description: ${destination.description}`,
      `Website: ${CATALOG.website}`,
      'Categories: Analytics',
      `Logo: ${CATALOG.logo}`,
      `Mark: ${CATALOG.mark}`,
      'Customer support email address: support@acme.example'
    ])
  })

  it('removes the e-mail of an earlier run that no longer matches', () => {
    written({ pullRequest: PULL_REQUEST })
    written()
    expect(existsSync(join(folder, 'catalog-email.txt'))).toBe(false)
  })

  it('writes everything into a page for a person', () => {
    const page = written()('README.md')
    for (const { title } of Object.values(destination.actions)) expect(page).toContain(`| ${title} `)
    for (const { name } of destination.presets ?? []) expect(page).toContain(`| ${name} `)
    expect(page).toContain('1,000 events and 4 MiB. An event has at most 32 KiB.')
    expect(page).toContain('This one supports screen: tick it.')
    expect(page).toContain('This one supports replays: tick it.')
    expect(page).toContain('Its setting is named `apiKey`; here it is `tokenId`.')
  })

  it('fails where the folder is a file', () => {
    writeFileSync(folder, '')
    expect(() => written()).toThrow(/The packet cannot be written to /)
  })
})

it('tractionboard register writes nothing without a support address', async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const run = program().parseAsync(['node', 'tractionboard', 'register', '--out', folder])
  await expect(run).rejects.toThrow(/--support-email/)
  expect(existsSync(folder)).toBe(false)
})

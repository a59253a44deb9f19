import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIMITS, SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { CATALOG } from '../catalog'
import { CliError } from '../errors'
import { metadata } from '../generate/metadata'
import { program } from '../program'
import { register } from '../register'
import { buildPacket, type Packet } from '../register/packet'

const DETAILS = { supportEmail: 'support@acme.example' }
const PULL_REQUEST = 'https://github.com/segmentio/action-destinations/pull/4321'

const MANIFEST = '.tractionboard-register.json'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'register-')), 'packet')
})

afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const written = (details = {}) => {
  register(destination, LIMITS, { ...DETAILS, ...details }, folder)
  return (name: string) => readFileSync(join(folder, name), 'utf8')
}

/** The content of every file in the folder. */
const snapshot = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

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

  it('asks Tractionboard about the host, then the requests, then the token', () => {
    const [host, requests, token] = packet.openQuestions
    expect(host.question).toContain(SERVER)
    expect(host.assumption).toContain('http://tractionboard.io/doc/tracker.html, version 0.2')
    expect(requests.assumption).toContain('`POST /v1/events`')
    expect(requests.assumption).toContain('`GET /v1/token` (check the Token ID)')
    expect(token.question).toContain('Token ID')
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
    expect(readdirSync(folder)).toEqual([MANIFEST, 'README.md', 'metadata.json', 'packet.json'])
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

  it('keeps the pull request and the e-mail of an earlier run', () => {
    const email = written({ pullRequest: PULL_REQUEST })('catalog-email.txt')
    const file = written()
    expect(file('catalog-email.txt')).toBe(email)
    expect((JSON.parse(file('packet.json')) as Packet).pullRequest).toBe(PULL_REQUEST)
    expect(file('README.md')).toContain(PULL_REQUEST)
  })

  it('replaces what an earlier run wrote, and nothing else', () => {
    written()
    writeFileSync(join(folder, 'logo.svg'), 'logo')
    const file = written({ supportEmail: 'help@acme.example' })
    expect(file('README.md')).toContain('help@acme.example')
    expect(file('logo.svg')).toBe('logo')
    expect(readdirSync(folder).sort()).toEqual([MANIFEST, 'README.md', 'logo.svg', 'metadata.json', 'packet.json'])
  })

  it.each(['README.md', 'packet.json', 'metadata.json'])('leaves all as it is if someone changed %s', (name) => {
    written()
    writeFileSync(join(folder, name), 'mine')
    const before = snapshot()
    expect(() => written({ supportEmail: 'help@acme.example' })).toThrow(`someone else wrote or changed ${name}.`)
    expect(snapshot()).toEqual(before)
  })

  it('leaves an e-mail that someone else wrote as it is', () => {
    written()
    writeFileSync(join(folder, 'catalog-email.txt'), 'mine')
    expect(() => written({ pullRequest: PULL_REQUEST })).toThrow('someone else wrote or changed catalog-email.txt.')
    expect(written()('catalog-email.txt')).toBe('mine')
  })

  it.each([
    ['a file of someone else', (path: string) => writeFileSync(path, 'mine')],
    ['a file with the name of one of its own', (path: string) => writeFileSync(join(path, '../README.md'), 'mine')],
    ['a manifest of something else', (path: string) => writeFileSync(join(path, '..', MANIFEST), 'null')]
  ])('writes nothing into a folder that has %s', (_, write) => {
    mkdirSync(folder)
    write(join(folder, 'notes.txt'))
    const before = snapshot()
    expect(() => written()).toThrow(/has files that this command did not write. Choose an empty or a new folder/)
    expect(snapshot()).toEqual(before)
  })

  it('follows no link that stands in the place of a file', () => {
    const target = join(folder, '../target')
    written()
    writeFileSync(target, readFileSync(join(folder, 'README.md')))
    rmSync(join(folder, 'README.md'))
    symlinkSync(target, join(folder, 'README.md'))
    expect(() => written()).toThrow('someone else wrote or changed README.md.')
  })

  it('writes into an empty folder', () => {
    mkdirSync(folder)
    expect(written()('README.md')).toContain('# Tractionboard (Actions)')
  })

  it('writes everything into a page for a person', () => {
    const page = written()('README.md')
    for (const { title } of Object.values(destination.actions)) expect(page).toContain(`| ${title} `)
    for (const { name } of destination.presets ?? []) expect(page).toContain(`| ${name} `)
    expect(page).toContain('1,000 events and 4 MiB. An event has at most 32 KiB.')
    expect(page).toContain('This one supports screen: tick it.')
    expect(page).toContain('This one is made for replays: tick it')
    expect(page).toContain('This one has presets for them: tick linked audiences.')
    expect(page).toContain('Its setting is named `apiKey`; here it is `tokenId`.')
    expect(page).toContain('The classic entry, Tractionboard, has the slug `tractionboard`.')
  })

  it('tells what the user of an Engage space does', () => {
    expect(written()('README.md')).toMatch(
      /In an Engage space, Segment creates none of them\.[^]*\*\*Engage Audiences and Computed Traits\*\* or \*\*Engage Account Audiences\*\*\./
    )
  })

  it('begins what to do with the partner program', () => {
    expect(written()('README.md')).toContain(
      `## What to do\n\n1. Join Segment's partner program: ${CATALOG.partnerProgram}.`
    )
  })

  it('numbers the open questions', () => {
    const page = written()('README.md')
    for (const [index, { question }] of buildPacket(destination, LIMITS, DETAILS).openQuestions.entries())
      expect(page).toContain(`\n${index + 1}. **${question}** We assume`)
  })

  it('fails where the folder is a file, and leaves the file as it is', () => {
    writeFileSync(folder, 'mine')
    expect(() => written()).toThrow(/^The folder .* cannot be read: a part of its path is a file\.$/)
    expect(readFileSync(folder, 'utf8')).toBe('mine')
  })
})

it('tractionboard register writes nothing without a support address', async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const run = program().parseAsync(['node', 'tractionboard', 'register', '--out', folder])
  await expect(run).rejects.toThrow(/--support-email/)
  expect(existsSync(folder)).toBe(false)
})

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { LIMITS } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import type { DestinationDefinition } from '@segment/actions-core'
import { OUTCOMES, ERROR_TYPES } from '../../../destination/src/outcomes'
import { actionSections, commonFieldsTable, settingsTable } from '../docs/fields'
import { linkTo, listed, table } from '../docs/markdown'
import { mappingsPage, mappingsTable, offeredMappingsTable } from '../docs/mappings'
import { errorsPage } from '../docs/outcomes'
import { segmentPage } from '../docs/segment-page'
import { methodOf, triggerInWords } from '../docs/trigger'
import type { Preset } from '../docs/trigger'

const page = segmentPage(destination, LIMITS)

describe('a table', () => {
  it('is aligned as prettier aligns it, with pipes escaped', () => {
    expect(table(['A', 'Long name'], [['a|b', 'c\nd']])).toBe(
      ['| A    | Long name |', '| ---- | --------- |', '| a\\|b | c d       |'].join('\n')
    )
  })

  it('links to headings and lists things as text does', () => {
    expect(linkTo('Custom Event')).toBe('[Custom Event](#custom-event)')
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual([
      '',
      'a',
      'a and b',
      'a, b or c'
    ])
  })
})

describe('a trigger in words', () => {
  const preset = (subscribe: string): Preset => ({ name: 'It', partnerAction: 'event', type: 'automatic', subscribe })

  it.each([
    ['type = "page"', 'Page call'],
    ['type = "track" and event = "Payment Made"', 'Track call named `Payment Made`'],
    ['type = "track" and event != "a" and event != "b"', 'Track call with any name but `a` and `b`'],
    [
      'type = "identify" and userId != null and context.personas.computation_key = null',
      'Identify call with a user ID, not made by Engage'
    ]
  ])('%s', (subscribe, words) => {
    expect(triggerInWords(preset(subscribe))).toBe(words)
  })

  it('says what kind of call a linked audience or a journey makes', () => {
    const rows = offeredMappingsTable(destination).split('\n')
    expect(rows).toContainEqual(
      expect.stringMatching(/^\| Linked Audience Entered +\| Track call of a linked audience/)
    )
    expect(rows).toContainEqual(expect.stringMatching(/^\| Journey Step Entered +\| Track call of a journey/))
  })

  it.each(['type = "track" or type = "page"', 'type = "track" and properties.plan = "pro"', 'nonsense'])(
    'says nothing rather than something wrong of %s',
    (subscribe) => {
      expect(() => triggerInWords(preset(subscribe))).toThrow(/No words/)
    }
  )

  it('is for one kind of call only', () => {
    expect(() => methodOf(preset('event = "a"'))).toThrow('The preset "It" is for no single kind of call.')
  })
})

describe('the tables', () => {
  const rowsOf = (text: string) => text.split('\n').map((row) => row.split('|').map((cell) => cell.trim()))
  const field = (text: string, label: string) => rowsOf(text).find(([, name]) => name === label)

  it('have a row for each preset, and an action for each row', () => {
    const labels = rowsOf(`${mappingsTable(destination)}\n${offeredMappingsTable(destination)}`).map(([, name]) => name)
    for (const { name } of destination.presets ?? []) expect(labels).toContain(name)
  })

  it('have a section for each action', () => {
    const sections = actionSections(destination, '###')
    for (const { title, description } of Object.values(destination.actions)) {
      expect(sections).toContain(`### ${title}\n\n${description}`)
    }
  })

  it('say of each field what it is, its type, whether it is required, and its default', () => {
    const amount = destination.actions.payment.fields.amount.description
    const sources = '`properties.revenue`, else `properties.amount`, else `properties.total`, else `properties.value`'
    const sections = actionSections(destination, '###')
    expect(field(sections, 'Amount')).toEqual(['', 'Amount', amount, 'Text', 'Yes', sources, ''])
    expect(field(sections, 'Channel')?.slice(3)).toEqual(['Text: `page` or `screen`', 'Yes', '`type`', ''])
    expect(field(sections, 'Page URL')?.slice(3)).toEqual([
      'Text',
      'No',
      '`properties.url`, else `context.page.url`',
      ''
    ])
    const common = commonFieldsTable(destination)
    expect(field(common, 'Batch Data to Tractionboard')?.slice(3)).toEqual(['Yes or no', 'No', 'Yes', ''])
    expect(field(common, 'Occurred At')?.slice(3)).toEqual(['Date and time', 'Yes', '`timestamp`', ''])
    expect(field(settingsTable(destination), 'Token ID')?.slice(3)).toEqual(['Text, kept secret', 'Yes', ''])
  })

  it('tell every field that a customer sees once, and none that is hidden', () => {
    const all = commonFieldsTable(destination) + actionSections(destination, '###')
    const fields = Object.values(destination.actions).flatMap((action) => Object.values(action.fields))
    const [hidden, shown] = [fields.filter((one) => one.unsafe_hidden), fields.filter((one) => !one.unsafe_hidden)]
    for (const { label } of shown) expect(field(all, label)).toBeDefined()
    for (const { label } of hidden) expect(field(all, label)).toBeUndefined()
  })

  it('follow the definition', () => {
    const { visit, ...actions } = destination.actions
    const other = {
      ...visit,
      title: 'Look',
      fields: { ...visit.fields, name: { ...visit.fields.name, label: 'Alias' } }
    }
    const changed = { ...destination, actions: { ...actions, visit: other } } as DestinationDefinition<never>
    expect(mappingsPage(changed)).toContain('[Look](#look)')
    expect(field(actionSections(changed, '###'), 'Alias')).toBeDefined()
  })
})

describe('the page on errors', () => {
  const errors = errorsPage(OUTCOMES, ERROR_TYPES)

  it.each(Object.entries(OUTCOMES))('has the row %s', (id, { description, status }) => {
    const row = errors.split('\n').find((line) => line.startsWith(`| \`${id}\` `))
    expect(row).toContain(description)
    expect(row).toContain(`\`${status}\``)
  })
})

describe("the page for Segment's docs", () => {
  it('starts as a page does that stands beside a classic one', () => {
    expect(page).toMatch(/^---\ntitle: Tractionboard \(Actions\) Destination\n/)
    expect(page).toContain("link: '/docs/connections/destinations/catalog/tractionboard'")
    expect(page).toContain('{% include content/plan-grid.md name="actions" %}')
    expect(page).toContain('{% include components/actions-fields.html %}')
  })

  it('has the tables', () => {
    expect(page).toContain(mappingsTable(destination))
    expect(page).toContain(offeredMappingsTable(destination))
    expect(page).toContain(settingsTable(destination))
    expect(page).toContain(commonFieldsTable(destination))
    expect(page).toContain(actionSections(destination, '###'))
  })

  it.each([
    'Settings > Integrations',
    'External User ID',
    'earnings',
    'revenue',
    'churn rate',
    'UAC',
    'Payment Made',
    'Refund Received',
    'order_completed_last_30days: true',
    '6 or more hours',
    'every 2 to 3 hours',
    "doesn't publish an API reference"
  ])('names %s', (text) => {
    expect(page).toContain(text)
  })

  it('gives the special names of track calls as the presets have them', () => {
    const listed = [...page.matchAll(/^- `(.*)`: /gm)].map(([, name]) => name)
    expect(listed).toHaveLength(4)
    for (const name of listed)
      expect(destination.presets).toContainEqual(
        expect.objectContaining({ subscribe: `type = "track" and event = "${name}"` })
      )
  })

  it('links to headings that it has', () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => linkTo(heading).replace(/^.*\(|\)$/g, ''))
    const links = [...page.matchAll(/\]\((#[^)]*)\)/g)].map(([, link]) => link)
    expect(links.length).toBeGreaterThan(10)
    expect(anchors).toEqual(expect.arrayContaining(links))
  })

  it('names no mapping that the destination does not have', () => {
    const presets = destination.presets?.filter(({ name }) => name !== 'Refunds')
    expect(() => segmentPage({ ...destination, presets }, LIMITS)).toThrow('a mapping "Refunds"')
  })
})

it.each([
  ['docs/mappings.md', mappingsPage(destination)],
  ['docs/errors-and-retries.md', errorsPage(OUTCOMES, ERROR_TYPES)],
  ['docs/segment-docs/actions-tractionboard/index.md', page]
])('%s is as the definition has it', (file, text) => {
  expect(readFileSync(resolve(__dirname, '../../../..', file), 'utf8')).toBe(text)
})

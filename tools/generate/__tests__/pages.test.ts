import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DestinationDefinition, InputField, JSONObject } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { testFolder } from '@tractionboard/testing/test-folder'
import { ERROR_TYPES, OUTCOMES } from '../../../packages/destination/src/outcomes'
import { actionSections, commonFieldsTable, settingsTable } from '../../../packages/cli/src/markdown/field-tables'
import { mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/markdown/mapping-tables'
import { headingLink } from '../../../packages/cli/src/markdown/syntax'
import { errorsPage } from '../pages/errors'
import { mappingsPage } from '../pages/mappings'
import { readme } from '../pages/readme'
import { segmentDocsPage } from '../pages/segment-docs'

type Definition = DestinationDefinition<never>
type Preset = NonNullable<Definition['presets']>[number]

const page = segmentDocsPage(destination)

/** What a page says outside of its tables. */
const prose = (text: string) => text.replace(/^\|.*$/gm, '')

/** The destination with another default of a field of some actions, which their presets take over. */
function withDefault(slugs: string[], key: string, value: unknown): Definition {
  const changed = slugs.map((slug) => {
    const action = destination.actions[slug]
    const field = { ...action.fields[key], default: value } as InputField
    return [slug, { ...action, fields: { ...action.fields, [key]: field } }]
  })
  const presets = destination.presets?.map((preset) =>
    slugs.includes(preset.partnerAction) ? { ...preset, mapping: { ...preset.mapping, [key]: value } } : preset
  )
  const actions = { ...destination.actions, ...(Object.fromEntries(changed) as Definition['actions']) }
  return { ...destination, actions, presets } as Definition
}

const withPreset = (name: string, change: (preset: Preset) => Preset): Definition => ({
  ...destination,
  presets: destination.presets?.map((preset) => (preset.name === name ? change(preset) : preset))
})

describe('errorsPage', () => {
  const errors = errorsPage(OUTCOMES, ERROR_TYPES)

  it.each(Object.entries(OUTCOMES))('has the row %s', (id, { description, status }) => {
    const row = errors.split('\n').find((line) => line.startsWith(`| \`${id}\` `))
    expect(row).toContain(description)
    expect(row).toContain(`\`${status}\``)
  })
})

describe('segmentDocsPage', () => {
  it('starts like the page of a destination with a classic version', () => {
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

  it('lists the special names of track calls as the presets have them', () => {
    const listed = [...page.matchAll(/^- `(.*)`: /gm)].map(([, name]) => name)
    const subscriptions = listed.map((name) => `type = "track" and event = "${name}"`)
    expect(listed).toEqual(expect.arrayContaining(['Payment Made', 'Refund Received', 'cancel', 'signup']))
    expect(destination.presets?.map((preset) => preset.type === 'automatic' && preset.subscribe)).toEqual(
      expect.arrayContaining(subscriptions)
    )
  })

  it('links to headings that it has', () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      headingLink(heading).replace(/^.*\(|\)$/g, '')
    )
    const links = [...page.matchAll(/\]\((#[^)]*)\)/g)].map(([, link]) => link)
    expect(links.length).toBeGreaterThan(10)
    expect(anchors).toEqual(expect.arrayContaining(links))
  })

  it('has a mapping that the classic destination does not have', () => {
    const subscribe = 'type = "track" and event = "None"'
    const mapping = destination.presets?.find(({ partnerAction }) => partnerAction === 'signup')?.mapping
    const preset = { name: 'No Preset', type: 'automatic', partnerAction: 'signup', subscribe, mapping } as const
    const presets = [...(destination.presets ?? []), preset]
    const text = segmentDocsPage({ ...destination, presets })
    expect(text).toMatch(/^\| No mapping of its own +\| No Preset +\| New +\|$/m)
    expect(text).toMatch(/^- `None`: Tell Tractionboard that a user signed up\. .*Send it with the `userId`\.$/m)
  })

  it.each([
    ['payment and refund', 'amount'],
    ['payment and refund', 'currency'],
    ['visit and signup', 'context'],
    ['login', 'external_user_id'],
    ['login', 'attributes'],
    ['login', 'fallback_attributes'],
    ['alias', 'previous_id'],
    ['alias', 'external_user_id'],
    ['event', 'message_id'],
    ['event', 'occurred_at']
  ])('changes its sentences with the default of %s: %s', (slugs, key) => {
    const text = prose(segmentDocsPage(withDefault(slugs.split(' and '), key, { '@path': '$.properties.changed' })))
    expect(prose(page)).not.toMatch(/`properties\.changed[`.]/)
    expect(text).toMatch(/`properties\.changed[`.]/)
  })

  it.each(['amount', 'currency'])('rejects an %s that only a payment takes from elsewhere', (key) => {
    expect(() => segmentDocsPage(withDefault(['payment'], key, { '@path': '$.properties.changed' }))).toThrow(
      /payments and refunds have the same amount and currency by default\. Correct the page/
    )
  })

  it('rejects a default that it cannot put in words', () => {
    expect(() => segmentDocsPage(withDefault(['login'], 'external_user_id', 'fixed'))).toThrow(
      'The docs cannot describe the field "External User ID"'
    )
  })

  it('changes its sentences with the size of a batch', () => {
    const text = segmentDocsPage(withDefault(Object.keys(destination.actions), 'batch_size', 1500))
    expect(prose(text)).toContain('in batches of up to 1,500.')
  })

  it('changes its sentences with a label', () => {
    const { payment } = destination.actions
    const amount = { ...payment.fields.amount, label: 'Sum' }
    const actions = { ...destination.actions, payment: { ...payment, fields: { ...payment.fields, amount } } }
    expect(prose(segmentDocsPage({ ...destination, actions }))).toContain('Check the **Sum**.')
  })

  it('changes its sentences with the attribute of a group', () => {
    const text = segmentDocsPage(
      withPreset('Groups', ({ mapping, ...preset }) => {
        const { group } = mapping?.attributes as { group: JSONObject }
        return { ...preset, mapping: { ...mapping, attributes: { company: group } } }
      })
    )
    expect(prose(text)).toContain('with the name `company`.')
  })

  it.each<[string, () => Definition]>([
    ['it works in Cloud-mode', () => ({ ...destination, mode: 'device' }) as unknown as Definition],
    ['a deleted user is erased', () => ({ ...destination, onDelete: undefined })],
    ['events are sent in batches', () => withDefault(['visit'], 'enable_batching', false)],
    [
      'the prebuilt mappings are the defaults of their actions',
      () => withPreset('Logins', (preset) => ({ ...preset, mapping: { ...preset.mapping, attributes: {} } }))
    ],
    [
      'Aliases makes the action alias of each Alias call',
      () => withPreset('Aliases', (preset) => ({ ...preset, partnerAction: 'login' }))
    ],
    [
      'Payments makes the action payment of each Track call named `Payment Made`',
      () =>
        withPreset('Payments', (preset) => ({
          ...preset,
          type: 'automatic',
          subscribe: 'type = "track" and event = "Paid"'
        }))
    ]
  ])('rejects a definition of which it is not so that %s', (claim, changed) => {
    expect(() => segmentDocsPage(changed())).toThrow(claim)
  })

  it('tells the user of an Engage space which mapping to choose', () => {
    expect(page).toContain(
      'choose the prebuilt mapping **Engage Audiences and Computed Traits** or **Engage Account Audiences**.'
    )
  })

  it('warns of an import without the message ID', () => {
    expect(page).toContain('> warning "Keep the message ID when you import history"')
  })

  it('rejects a migration table that does not match the presets', () => {
    const presets = destination.presets?.filter(({ name }) => name !== 'Refunds')
    expect(() => segmentDocsPage({ ...destination, presets })).toThrow(
      'it lists the mapping "Refunds", which the destination does not have'
    )
  })
})

it.each([
  ['docs/mappings.md', mappingsPage(destination)],
  ['docs/errors-and-retries.md', errorsPage(OUTCOMES, ERROR_TYPES)],
  ['docs/segment-docs/actions-tractionboard/index.md', page]
])('%s is up to date', (file, text) => {
  expect(readFileSync(resolve(__dirname, '../../..', file), 'utf8')).toBe(text)
})

describe('readme', () => {
  const folder = testFolder()
  afterAll(() => folder.remove())

  it('replaces only its table of calls', () => {
    const file = folder.write(
      'README.md',
      'a\n<!-- calls: generated by `npm run generate` -->stale<!-- /calls -->\nb\n'
    )
    const text = readme(destination, file)
    expect(text).toMatch(/^a\n<!-- calls[^]*\| Page call[^]*<!-- \/calls -->\nb\n$/)
    expect(text).not.toContain('stale')
  })

  it('rejects a text without a place for the table', () => {
    expect(() => readme(destination, folder.write('README.md', 'a'))).toThrow(/Put the table of calls between/)
  })
})

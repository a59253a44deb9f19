import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { LIMITS } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { ERROR_TYPES, OUTCOMES } from '../../../packages/destination/src/outcomes'
import { actionSections, commonFieldsTable, settingsTable } from '../../../packages/cli/src/docs/fields'
import { mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/docs/mappings'
import { linkTo } from '../../../packages/cli/src/docs/markdown'
import { errorsPage } from '../pages/errors'
import { mappingsPage } from '../pages/mappings'
import { segmentPage } from '../pages/segment-docs'

const page = segmentPage(destination, LIMITS)

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
  expect(readFileSync(resolve(__dirname, '../../..', file), 'utf8')).toBe(text)
})

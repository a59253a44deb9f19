import destination from '@tractionboard/destination'
import type { DestinationDefinition } from '@segment/actions-core'
import { actionSections, commonFieldsTable, settingsTable } from '../docs/fields'
import { linkTo, listed, table } from '../docs/markdown'
import { mappingsTable, offeredMappingsTable } from '../docs/mappings'
import { methodOf, triggerInWords } from '../docs/trigger'
import type { Preset } from '../docs/trigger'

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
    ],
    [
      'type = "identify" and userId != null and userId != "" and context.personas.event_emitter_id = null',
      'Identify call with a user ID, not made by Engage'
    ],
    ['type = "identify" and (userId = null or userId = "")', 'Identify call without a user ID']
  ])('%s', (subscribe, words) => {
    expect(triggerInWords(preset(subscribe))).toBe(words)
  })

  it('says what kind of call a linked audience or a journey makes', () => {
    const rows = offeredMappingsTable(destination).split('\n')
    expect(rows).toContainEqual(
      expect.stringMatching(/^\| Entities Audience Entered +\| Track call of a linked audience/)
    )
    expect(rows).toContainEqual(expect.stringMatching(/^\| Journeys Step Entered +\| Track call of a journey/))
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
    expect(field(sections, 'Category')?.slice(3)).toEqual(['Text', 'No', '`category`', ''])
    const common = commonFieldsTable(destination)
    expect(field(common, 'Batch Data to Tractionboard')?.slice(3)).toEqual(['Yes or no', 'No', 'Yes', ''])
    expect(field(common, 'Occurred At')?.slice(3)).toEqual([
      'Date and time',
      'Yes',
      '`timestamp`, else `originalTimestamp`',
      ''
    ])
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
    expect(mappingsTable(changed)).toContain('[Look](#look)')
    expect(field(actionSections(changed, '###'), 'Alias')).toBeDefined()
  })
})

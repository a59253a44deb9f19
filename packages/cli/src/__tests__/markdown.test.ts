import type { DestinationDefinition } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { actionSections, commonFieldsTable, settingsTable } from '../markdown/field-tables'
import { actionsTable, mappingsTable, offeredMappingsTable } from '../markdown/mapping-tables'
import { headingLink, table } from '../markdown/syntax'
import { fillTemplate } from '../markdown/template'
import { describeTrigger, methodOf, type Preset } from '../markdown/trigger'
import { wrapText } from '../report/layout'
import { joinWithAnd, joinWithOr, pluralize } from '../text'

describe('table', () => {
  it('aligns its columns as prettier does, and escapes pipes', () => {
    expect(table(['Name', 'Long name'], [['a|b', 'c\nd']])).toBe(
      ['| Name | Long name |', '| ---- | --------- |', '| a\\|b | c d       |'].join('\n')
    )
  })
})

describe('headingLink', () => {
  it('links to a heading of the page', () => {
    expect(headingLink('Custom Event')).toBe('[Custom Event](#custom-event)')
  })
})

describe('fillTemplate', () => {
  it('replaces every name by its value', () => {
    expect(fillTemplate('{{a}} and {{b}} and {{a}}', { a: '$&', b: '2' })).toBe('$& and 2 and $&')
  })

  it.each([
    ['a name without a value', {}, 'a'],
    ['a value without a name', { a: '1', b: '2' }, 'b']
  ])('rejects %s', (_, values: Record<string, string>, name) => {
    expect(() => fillTemplate('{{a}}', values)).toThrow(`The template and its values do not match: ${name}.`)
  })
})

describe('joinWithAnd, joinWithOr', () => {
  it.each([
    [[], '', ''],
    [['a'], 'a', 'a'],
    [['a', 'b'], 'a and b', 'a or b'],
    [['a', 'b', 'c'], 'a, b, and c', 'a, b, or c']
  ])('join %j as a sentence does', (things: string[], and, or) => {
    expect([joinWithAnd(things), joinWithOr(things)]).toEqual([and, or])
  })
})

describe('wrapText', () => {
  it('breaks a text between words, and indents what follows', () => {
    const lines = wrapText(`- ${'word '.repeat(40).trim()}`, '  ')
    expect(lines).toHaveLength(3)
    expect(lines.slice(1).every((line) => line.startsWith('  word') && line.length <= 80)).toBe(true)
    expect(lines.join(' ').match(/word/g)).toHaveLength(40)
  })
})

describe('pluralize', () => {
  it.each([
    [0, 'no files'],
    [1, '1 file'],
    [1000, '1,000 files']
  ])('writes %d with its noun', (count, text) => {
    expect(pluralize(count, 'file')).toBe(text)
  })
})

describe('describeTrigger', () => {
  const preset = (subscribe: string): Preset => ({ name: 'It', partnerAction: 'event', type: 'automatic', subscribe })

  it.each([
    ['type = "page"', 'Page call'],
    ['type = "track" and event = "Payment Made"', 'Track call named `Payment Made`'],
    ['type = "track" and event != "a" and event != "b"', 'Track call with any name except `a` and `b`'],
    [
      'type = "identify" and userId != null and context.personas.computation_key = null',
      'Identify call with a user ID, not made by Engage'
    ],
    [
      'type = "identify" and userId != null and userId != "" and context.personas.event_emitter_id = null',
      'Identify call with a user ID, not made by Engage'
    ],
    ['type = "identify" and (userId = null or userId = "")', 'Identify call without a user ID']
  ])('describes %s', (subscribe, words) => {
    expect(describeTrigger(preset(subscribe))).toBe(words)
  })

  it('describes the call of a linked audience or a journey', () => {
    const rows = offeredMappingsTable(destination).split('\n')
    expect(rows).toContainEqual(
      expect.stringMatching(/^\| Entities Audience Entered +\| Track call of a linked audience/)
    )
    expect(rows).toContainEqual(expect.stringMatching(/^\| Journeys Step Entered +\| Track call of a journey/))
  })

  it.each(['type = "track" or type = "page"', 'type = "track" and properties.plan = "pro"', 'nonsense'])(
    'rejects %s, which it cannot describe',
    (subscribe) => {
      expect(() => describeTrigger(preset(subscribe))).toThrow(
        /The docs cannot describe a condition of the preset "It"/
      )
    }
  )

  it('rejects a preset without a single kind of call', () => {
    expect(() => methodOf(preset('event = "a"'))).toThrow('The preset "It" does not match a single kind of call.')
  })
})

describe('the tables of a definition', () => {
  const rowsOf = (text: string) => text.split('\n').map((row) => row.split('|').map((cell) => cell.trim()))
  const field = (text: string, label: string) => rowsOf(text).find(([, name]) => name === label)

  it('have a row for each preset, and an action for each row', () => {
    const labels = rowsOf(`${mappingsTable(destination)}\n${offeredMappingsTable(destination)}`).map(([, name]) => name)
    for (const { name } of destination.presets ?? []) expect(labels).toContain(name)
  })

  it('list every automatic preset under its action', () => {
    const { title } = destination.actions.attribute
    const attribute = rowsOf(actionsTable(destination)).find(([, , action]) => action === title)
    expect(attribute?.[1]).toContain('<br>Identify call made by Engage<br>')
    expect(attribute?.[3]).toBe(destination.actions.attribute.description)
  })

  it('reject a preset whose action does not exist', () => {
    const { alias: _, ...actions } = destination.actions
    expect(() => mappingsTable({ ...destination, actions })).toThrow(
      'The preset "Aliases" names the action "alias", which the definition does not have.'
    )
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
    expect(field(common, 'Occurred At')?.slice(3)).toEqual(['Text', 'Yes', '`timestamp`, else `originalTimestamp`', ''])
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

import { parseFql, validate as isMatch } from '@segment/destination-subscriptions'
import destination from '@tractionboard/destination'
import { type Definition, lint, RULES, SAMPLE_CALLS } from '..'
import minimal from '@tractionboard/testing/definitions/minimal'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The minimal definition with something changed in it. */
function changed(change: (definition: Definition) => void): Definition {
  const definition = structuredClone(minimal)
  change(definition)
  return definition
}

const rulesFoundIn = (definition: Definition) => [...new Set(lint(definition).map(({ rule }) => rule))]

const withFql = (fql: string) => changed(({ actions }) => (actions.greet.defaultSubscription = fql))

const withDefault = (mapping: unknown) => changed(({ actions }) => (actions.pay.fields.page.default = mapping))

type Problem = [problem: string, definition: Definition]

/** For each rule, definitions with only the problem that it finds. */
const PROBLEMS: Record<string, Problem[]> = {
  actions: [['there is no action', changed((definition) => Object.assign(definition, { actions: {}, presets: [] }))]],
  slug: [
    ['the slug of the destination has a space', changed((definition) => (definition.slug = 'Actions Minimal'))],
    [
      'the slug of an action has a space',
      changed(({ actions }) => (actions['greet them'] = { ...actions.greet, title: 'G' }))
    ]
  ],
  description: [
    ['the destination has none', changed((definition) => delete definition.description)],
    ['a setting has none', changed((definition) => delete definition.authentication!.fields!.apiKey.description)],
    ['an action has none', changed(({ actions }) => delete actions.pay.description)],
    ['a field has a blank one', changed(({ actions }) => (actions.pay.fields.amount.description = ' '))],
    [
      'a property of a field has none',
      changed(({ actions }) => delete actions.pay.fields.page.properties!.url.description)
    ]
  ],
  label: [
    ['a setting has none', changed((definition) => delete definition.authentication!.fields!.apiKey.label)],
    ['a field has none', changed(({ actions }) => delete actions.pay.fields.amount.label)],
    ['a property of a field has none', changed(({ actions }) => delete actions.pay.fields.page.properties!.url.label)]
  ],
  title: [
    ['an action has none', changed(({ actions }) => delete actions.pay.title)],
    ['two actions share one', changed(({ actions }) => (actions.greet.title = 'Pay'))]
  ],
  secret: [
    [
      'the key of a setting says so',
      changed((definition) => (definition.authentication!.fields!.apiKey.type = 'string'))
    ],
    [
      'the label of a setting says so',
      changed(
        ({ authentication }) =>
          (authentication!.fields!.id = { label: 'Token ID', description: 'Yours.', type: 'string' })
      )
    ],
    [
      'the key of a field says so',
      changed(
        ({ actions }) =>
          (actions.pay.fields.callbackAPIKey = { label: 'Callback', description: 'Of it.', type: 'string' })
      )
    ]
  ],
  'setting-default': [
    [
      'a number is in quotes',
      changed(
        ({ authentication }) =>
          (authentication!.fields!.days = { label: 'Days', description: 'Of it.', type: 'number', default: '5' })
      )
    ]
  ],
  'default-range': [
    ['the batch size is above its maximum', changed(({ actions }) => (actions.pay.fields.batch_size.default = 101))],
    ['the batch size is below its minimum', changed(({ actions }) => (actions.pay.fields.batch_size.default = 0))]
  ],
  'batch-keys': [
    ['there is none such', changed(({ actions }) => (actions.pay.fields.batch_keys.default = ['amonut']))],
    ['they have themselves', changed(({ actions }) => (actions.pay.fields.batch_keys.default = ['batch_keys']))],
    ['they are no list', changed(({ actions }) => (actions.pay.fields.batch_keys.default = 'amount'))],
    [
      'there are four',
      changed(({ actions }) => {
        actions.pay.fields.note = { label: 'Note', description: 'Of it.', type: 'string' }
        actions.pay.fields.batch_keys.default = ['amount', 'page', 'batch_size', 'note']
      })
    ]
  ],
  'fql-syntax': [
    ['it is empty', withFql('')],
    ['it breaks off', withFql('type =')],
    ['it has a stray parenthesis', withFql('type = "track")')],
    ['a function is unknown', withFql('lowercase(event) = "paid"')],
    ['a function lacks an argument', withFql('contains(event)')],
    ['a text has no quotes', withFql('type = track')],
    ['a text has no end', withFql('type = "track')],
    ['there is no space after !=, which the parser wants', withFql('properties.total !=5')],
    ['a preset has it', changed(({ presets }) => (presets![0].subscribe = 'type = "track" && event = "Paid"'))]
  ],
  'fql-dropped': [
    ['groupId', withFql('type = "group" and groupId = "acme"')],
    ['messageId', withFql('type = "track" and messageId != null')],
    ['something unknown', withFql('type = "track" and (event = "Paid" or property.plan = "gold")')],
    ['nothing else', withFql('anonymousId != null')],
    ['contains on type', withFql('contains(type, "track")')]
  ],
  'fql-mixed': [['in parentheses', withFql('type = "track" and (event = "a" or event = "b" and userId != null)')]],
  'fql-nested': [['two pairs around one condition', withFql('((type = "track"))')]],
  'fql-function-in-parentheses': [['match', withFql('type = "track" and (match(event, "a*") or event = "b")')]],
  'fql-negation': [['before a condition', withFql('type = "track" and !event = "a"')]],
  'fql-quotes': [['in a function', withFql(`type = "track" and contains(event, 'a')`)]],
  'fql-null': [
    ['no type', withFql('type = null')],
    ['an order', withFql('properties.total > null')]
  ],
  'fql-boolean': [['in traits', withFql('type = "identify" and traits.paying != false')]],
  'fql-order': [['of a name', withFql('type = "track" and event > 5')]],
  'fql-match': [
    ['no asterisk', withFql('match(event, "cancel")')],
    ['an asterisk on both sides', withFql('match(event, "*cancel*")')],
    ['a question mark', withFql('match(event, "cance?*")')]
  ],
  'fql-meaning': [
    ['an event with a path', withFql('event.name = "Paid"')],
    ['a container without a path', withFql('properties != null')],
    ['an escaped dot', withFql('properties.a\\.b = "c"')]
  ],
  'fql-unmatched': [
    ['a type that there is not', withFql('type = "Track"')],
    ['two names at once', withFql('type = "track" and event = "a" and event = "b"')]
  ],
  'preset-name': [
    ['one has none', changed(({ presets }) => delete presets![0].name)],
    ['two share one', changed(({ presets }) => (presets![1].name = 'Payments'))]
  ],
  'preset-action': [['there is none such', changed(({ presets }) => (presets![0].partnerAction = 'payment'))]],
  'preset-trigger': [
    ['an automatic one subscribes to nothing', changed(({ presets }) => delete presets![0].subscribe)],
    ['an event slug is unknown', changed(({ presets }) => (presets![1].eventSlug = 'warehouse_entity_track'))],
    ['the type is unknown', changed(({ presets }) => (presets![0].type = 'manual'))]
  ],
  'preset-field': [['there is none such', changed(({ presets }) => (presets![0].mapping!.amonut = 5))]],
  'preset-required': [
    ['it is not mapped', changed(({ presets }) => (presets![0].mapping = {}))],
    ['nothing is mapped', changed(({ presets }) => delete presets![0].mapping)]
  ],
  'preset-overlap': [
    [
      'one takes what is of the other',
      changed(({ presets }) => presets!.push({ ...presets![0], name: 'All', subscribe: 'type = "track"' }))
    ]
  ],
  'preset-resolves': [
    [
      'the default is for other calls',
      changed(({ presets }) => presets!.push({ ...presets![0], name: 'Pages', subscribe: 'type = "page"' }))
    ]
  ],
  'default-directive': [
    ['unknown', withDefault({ url: { '@get': '$.context.page.url' } })],
    ['two at once', withDefault({ '@path': '$.context.page', '@literal': {} })],
    ['incomplete', withDefault({ url: { '@if': { then: { '@path': '$.context.page.url' } } } })],
    ['a liquid template that cannot be read', withDefault({ url: { '@liquid': '{{ context.page.url' } })]
  ],
  'default-path': [
    ['a root that no call has', withDefault({ url: { '@path': '$.contxt.page.url' } })],
    ['a root that no call has, in a template', withDefault({ url: { '@template': 'https://{{contxt.page.path}}' } })],
    ['a root that no call has, in liquid', withDefault({ url: { '@liquid': '{{ contxt.page.url }}' } })],
    ['no root', withDefault({ '@path': 'context.page' })],
    ['a hole', withDefault({ '@path': '$.context..page' })],
    ['a root in a template, where it is none', withDefault({ url: { '@template': '{{$.context.page.url}}' } })]
  ],
  'default-resolves': [
    ['a name that no call has', withDefault({ url: { '@path': '$.context.page.ulr' } })],
    ['what only calls of another type have', withDefault({ url: { '@path': '$.traits.website' } })],
    [
      'one branch of many',
      withDefault({
        url: {
          '@if': {
            exists: { '@path': '$.context.page.url' },
            then: { '@path': '$.context.page.url' },
            else: { '@path': '$.properties.ulr' }
          }
        }
      })
    ],
    [
      'a name that no item of a list has',
      withDefault({ '@arrayPath': ['$.properties.products', { url: { '@path': '$.ulr' } }] })
    ],
    [
      'a name that is not in what was transformed',
      withDefault({
        '@transform': { apply: { link: { '@path': '$.context.page.url' } }, mapping: { url: { '@path': '$.lnik' } } }
      })
    ],
    ['nothing to write in capitals', withDefault({ url: { '@case': { operator: 'upper' } } })],
    [
      'what a preset maps otherwise',
      changed(({ presets }) => (presets![1].mapping!.id = { '@path': '$.properties.customer' }))
    ]
  ]
}

/** What Segment's own parser and validator do with each pitfall, and with what to write instead. */
const PITFALLS = [
  {
    rule: 'fql-syntax',
    fql: 'type = "track" OR type = "page"',
    call: { type: 'page' },
    meant: true,
    instead: 'type = "track" or type = "page"'
  },
  {
    rule: 'fql-meaning',
    fql: 'type = "track" and properties.total >=5',
    call: { type: 'track', properties: { total: 6 } },
    meant: true,
    instead: 'type = "track" and properties.total >= 5'
  },
  {
    rule: 'fql-dropped',
    fql: 'type = "track" and anonymousId = "a"',
    call: { type: 'track', anonymousId: 'b', context: {} },
    meant: false,
    instead: 'type = "track" and context.anonymousId = "a"'
  },
  {
    rule: 'fql-mixed',
    fql: 'type = "page" or type = "track" and event = "a"',
    call: { type: 'page' },
    meant: true,
    instead: 'type = "page" or (type = "track" and event = "a")'
  },
  {
    rule: 'fql-nested',
    fql: '(type = "track" and (event = "a" or event = "b")) or type = "page"',
    call: { type: 'page' },
    meant: true,
    instead: '(type = "track" and event = "a") or (type = "track" and event = "b") or type = "page"'
  },
  {
    rule: 'fql-function-in-parentheses',
    fql: 'type = "track" and (contains(event, "a") or event = "b")',
    call: { type: 'track', event: 'z' },
    meant: false,
    instead: 'type = "track" and (event = "b" or contains(event, "a"))'
  },
  {
    rule: 'fql-negation',
    fql: 'type = "track" and !(event = "a")',
    call: { type: 'track', event: 'a' },
    meant: false,
    instead: 'type = "track" and event != "a"'
  },
  {
    rule: 'fql-quotes',
    fql: "type = 'track'",
    call: { type: 'track' },
    meant: true,
    instead: 'type = "track"'
  },
  {
    rule: 'fql-null',
    fql: 'type = "track" and event != null',
    call: { type: 'track' },
    meant: false,
    instead: 'type = "track" and event = "a"'
  },
  {
    rule: 'fql-boolean',
    fql: 'type = "track" and properties.paid != true',
    call: { type: 'track', properties: { paid: true } },
    meant: false,
    instead: 'type = "track" and properties.paid = false'
  },
  {
    rule: 'fql-order',
    fql: 'type = "track" and properties.plan > "a"',
    call: { type: 'track', properties: { plan: 'b' } },
    meant: true,
    instead: 'type = "track" and properties.plan != "a"'
  },
  {
    rule: 'fql-match',
    fql: 'type = "track" and match(event, "Order*ed")',
    call: { type: 'track', event: 'Order Completed' },
    meant: true,
    instead: 'type = "track" and match(event, "Order*")'
  },
  {
    rule: 'fql-meaning',
    fql: 'type = "track" and properties.or = "a"',
    call: { type: 'track', properties: { or: 'a' } },
    meant: true,
    instead: 'type = "track" and properties.\\or = "a"'
  }
]

describe('lint', () => {
  it('finds nothing in the minimal definition', () => {
    expect(lint(minimal)).toEqual([])
  })

  it("finds nothing in Tractionboard's own definition", () => {
    expect(lint(destination)).toEqual([])
  })

  it('leaves the definition as it was', () => {
    const definition = withDefault({ url: { '@replace': { pattern: '/', value: { '@path': '$.context.page.url' } } } })
    const before = structuredClone(definition)
    expect(lint(definition)).toEqual([])
    expect(definition).toEqual(before)
  })

  it('has a test definition for every rule', () => {
    expect(Object.keys(PROBLEMS).sort()).toEqual(RULES.map(({ id }) => id).sort())
  })

  describe.each(Object.entries(PROBLEMS))('finds %s if', (rule, problems) => {
    it.each(problems)('%s', (_, definition) => {
      expect(rulesFoundIn(definition)).toEqual([rule])
    })
  })

  it('gives the place, and what to do', () => {
    expect(lint(changed(({ presets }) => (presets![0].mapping!.amonut = 5)))).toEqual([
      {
        rule: 'preset-field',
        severity: 'error',
        where: { preset: 'Payments', field: 'amonut' },
        message: 'is not a field of the action pay. It has amount, page, batch_size, batch_keys.'
      }
    ])
  })

  it('gives all errors of a directive in one line', () => {
    const [{ message }] = lint(withDefault({ '@transform': { apply: 5, mapping: 6 } }))
    expect(message).toMatch(/cannot run: \S*\/apply should be .*\. \S*\/mapping should be .*\.$/)
  })

  it('names each dropped condition', () => {
    const findings = lint(withFql('groupId = "a" and type = "group" and messageId != null'))
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('`groupId = "a"`'),
      expect.stringContaining('`messageId != null`')
    ])
  })

  it.each([
    'type = "track" and event != "a" and event != "b"',
    'type = "track" and (event = "a" or event = "b")',
    '(type = "track" and userId != null) or (type = "page" and userId = null)',
    'type = "identify" and context.personas.computation_key = null',
    'type = "track" and !contains(event, "a") and !match(name, "*b")',
    'type="track"\n  and properties.product\\ 1.price >= -1.5 and traits.vip = true',
    'type = "track" and properties.items\\[0\\].id != 5'
  ])('accepts %s', (fql) => {
    expect(lint(withFql(fql))).toEqual([])
  })

  it.each<[string, unknown]>([
    ['the whole call', { '@path': '$.' }],
    ['brackets', { url: { '@path': "$.context['page'].url" } }],
    ['an item of a list', { url: { '@path': '$.properties.products[0].url' } }],
    ['a template', { url: { '@template': 'https://{{ context.page.path }}' } }],
    ['a list', { '@arrayPath': ['$.properties.products', { url: { '@path': '$.url' } }] }],
    ['liquid with its own variable', { url: { '@liquid': '{% assign u = context.page.url %}{{ u }}' } }],
    ['an absent branch', { url: { '@if': { exists: { '@path': '$.event' }, then: 'yes' } } }]
  ])('accepts a default with %s', (_, mapping) => {
    expect(lint(withDefault(mapping))).toEqual([])
  })

  it('accepts a default on a property that only a call of the user has', () => {
    const definition = withDefault({ url: { '@path': '$.properties.landing' } })
    const call = { type: 'track', properties: { landing: 'https://example.com' } }
    expect(rulesFoundIn(definition)).toEqual(['default-resolves'])
    expect(lint(definition, [{ title: 'mine', call }])).toEqual([])
  })
})

describe("Segment's own parser and validator", () => {
  it.each(PITFALLS)('get $fql wrong', ({ fql, call, meant }) => {
    expect(isMatch(parseFql(fql), call)).toBe(!meant)
  })

  it.each(PITFALLS)('get $instead right', ({ instead, call, meant }) => {
    expect(isMatch(parseFql(instead), call)).toBe(meant)
  })

  it.each(PITFALLS)('are guarded against $fql by $rule', ({ rule, fql, instead }) => {
    expect(rulesFoundIn(withFql(fql))).toEqual([rule])
    expect(rulesFoundIn(withFql(instead))).toEqual([])
  })

  it('throw at parentheses with only dropped conditions', () => {
    const fql = 'type = "track" and (anonymousId = "a")'
    expect(() => isMatch(parseFql(fql), { type: 'track' })).toThrow(TypeError)
    expect(rulesFoundIn(withFql(fql))).toEqual(['fql-dropped'])
  })
})

describe('SAMPLE_CALLS', () => {
  it('are of every type', () => {
    const types = new Set(SAMPLE_CALLS.map(({ call }) => call.type))
    expect([...types].sort()).toEqual(['alias', 'group', 'identify', 'page', 'screen', 'track'])
  })

  it('have an id and a title of their own', () => {
    expect(new Set(SAMPLE_CALLS.map(({ call }) => call.messageId)).size).toBe(SAMPLE_CALLS.length)
    expect(new Set(SAMPLE_CALLS.map(({ title }) => title)).size).toBe(SAMPLE_CALLS.length)
  })
})

describe('the README', () => {
  it('lists every rule as it is', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8')
    const rows = readme.split('\n').filter((line) => /^\| \[?`/.test(line))
    const cells = rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1)
    )
    expect(cells).toEqual(
      RULES.map(({ id, severity, description, docs }) => [
        docs ? `[\`${id}\`](${docs})` : `\`${id}\``,
        severity,
        description
      ])
    )
  })
})

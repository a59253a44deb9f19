import { type Definition, isBlank, type Located, locatedFields, locatedSettings } from './definition'
import type { RuleFinding, Rule } from './finding'

const missing = <T>(things: Located<T>[], textOf: (thing: T) => string | undefined, message: string): RuleFinding[] =>
  things.filter((thing) => isBlank(textOf(thing))).map(({ where }) => ({ where, message }))

const locatedActions = ({ actions }: Definition) =>
  Object.entries(actions).map(([slug, action]) => ({ slug, action, where: { action: slug } }))

const settingsAndFields = (definition: Definition) => [...locatedSettings(definition), ...locatedFields(definition)]

/** An action's slug is used in code, in URLs and as a folder; a destination's slug in the catalog. */
const ACTION_SLUG = /^[a-z][\w-]*$/i
const DESTINATION_SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The rules for texts and slugs. */
export const TEXT_RULES: Rule[] = [
  {
    id: 'actions',
    description: 'A destination has at least one action.',
    severity: 'error',
    check: ({ actions }) =>
      Object.keys(actions).length > 0 ? [] : [{ where: {}, message: 'has no action. Add at least one.' }]
  },
  {
    id: 'slug',
    description: 'The slugs of the destination and its actions are valid in folders and URLs.',
    severity: 'error',
    check: (definition) => [
      ...(definition.slug === undefined || DESTINATION_SLUG.test(definition.slug)
        ? []
        : [
            {
              where: {},
              message: `has the slug "${definition.slug}". Use lower-case letters, digits and single hyphens.`
            }
          ]),
      ...locatedActions(definition)
        .filter(({ slug }) => !ACTION_SLUG.test(slug))
        .map(({ where }) => ({
          where,
          message: 'has a slug that is not valid. Start with a letter; use letters, digits, _ and -.'
        }))
    ]
  },
  {
    id: 'description',
    description: 'The destination, its settings, actions, fields and properties have a description.',
    severity: 'error',
    check: (definition) => [
      ...missing(
        [{ definition, where: {} }],
        ({ definition }) => definition.description,
        'has no description. Write one.'
      ),
      ...missing(locatedActions(definition), ({ action }) => action.description, 'has no description. Write one.'),
      ...missing(settingsAndFields(definition), ({ field }) => field.description, 'has no description. Write one.')
    ]
  },
  {
    id: 'label',
    description: 'Settings, fields and properties have a label.',
    severity: 'error',
    check: (definition) =>
      missing(settingsAndFields(definition), ({ field }) => field.label, 'has no label. Write one.')
  },
  {
    id: 'title',
    description: 'Every action has a title of its own: actions-core caches schemas by it.',
    severity: 'error',
    check: (definition) => [
      ...missing(locatedActions(definition), ({ action }) => action.title, 'has no title. Write one.'),
      ...sharedTitles(definition)
    ]
  }
]

function sharedTitles(definition: Definition): RuleFinding[] {
  const actions = locatedActions(definition).filter(({ action }) => !isBlank(action.title))
  return actions.flatMap(({ action: { title }, where }, index) => {
    const first = actions.findIndex(({ action }) => action.title === title)
    return first === index
      ? []
      : [{ where, message: `has the same title as the action ${actions[first].slug}: "${title}". Change one of them.` }]
  })
}

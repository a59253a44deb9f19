import { type Definition, isBlank, type Located, locatedFields, locatedSettings } from './definition'
import type { RuleFinding, Rule } from './finding'

const missing = <T>(things: Located<T>[], textOf: (thing: T) => string | undefined, message: string): RuleFinding[] =>
  things.filter((thing) => isBlank(textOf(thing))).map(({ where }) => ({ where, message }))

const locatedActions = ({ actions }: Definition) =>
  Object.entries(actions).map(([slug, action]) => ({ slug, action, where: { action: slug } }))

const settingsAndFields = (definition: Definition) => [...locatedSettings(definition), ...locatedFields(definition)]

/** How an action is named in code, in a URL and in a folder; and a destination in the catalog. */
const ACTION_SLUG = /^[a-z][\w-]*$/i
const DESTINATION_SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The rules for what people read, and for what code calls things. */
export const TEXT_RULES: Rule[] = [
  {
    id: 'actions',
    description: 'A destination has actions.',
    severity: 'error',
    check: ({ actions }) =>
      Object.keys(actions).length > 0 ? [] : [{ where: {}, message: 'has no action. Add at least one.' }]
  },
  {
    id: 'slug',
    description: 'The slugs of the destination and its actions are what folders and URLs take.',
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
          message: 'has no valid slug. Begin with a letter; use letters, digits, _ and -.'
        }))
    ]
  },
  {
    id: 'description',
    description: 'The destination, its settings, its actions, their fields and the properties of these are described.',
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
    description: 'Settings, fields and the properties of these have a label.',
    severity: 'error',
    check: (definition) =>
      missing(settingsAndFields(definition), ({ field }) => field.label, 'has no label. Write one.')
  },
  {
    id: 'title',
    description: 'Actions have a title, each another: schemas are cached by it.',
    severity: 'error',
    check: (definition) => [
      ...missing(locatedActions(definition), ({ action }) => action.title, 'has no title. Write one.'),
      ...sharedTitles(definition)
    ]
  }
]

function sharedTitles(definition: Definition): RuleFinding[] {
  const actions = locatedActions(definition).filter(({ action }) => !isBlank(action.title))
  return actions.flatMap(({ slug, action: { title }, where }, index) => {
    const first = actions.findIndex(({ action }) => action.title === title)
    return first === index
      ? []
      : [{ where, message: `has the title "${title}" of the action ${actions[first].slug}. Give ${slug} another.` }]
  })
}

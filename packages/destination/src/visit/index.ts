import type { ActionDefinition } from '@segment/actions-core'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, identityFields, propertiesField, textAt, visitPageField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { membersOf, nonBlank, stringValue, undefinedIfEmpty } from '../values'
import type { Members } from '../values'
import type { Page, VisitEvent } from '../wire-types'
import type { Payload } from './generated-types'

function toEvent(payload: Payload): VisitEvent {
  const properties = membersOf(payload.properties)
  // A page call has its page in its properties, and in its context as well if a browser sent it. A screen has none.
  // https://segment.com/docs/connections/spec/page/#properties
  const event = baseEvent(payload, payload.channel === 'page' ? properties : undefined)
  return {
    type: 'visit',
    channel: payload.channel as VisitEvent['channel'],
    name: nonBlank(payload.name),
    category: nonBlank(payload.category) ?? stringValue(properties?.category),
    properties: properties && withoutPage(properties, event.context?.page),
    ...event
  }
}

const PAGE_PARTS = new Set<string>(['url', 'path', 'title', 'referrer', 'search'])

/**
 * The properties without those parts of the page that the page says already, because a URL can be long and is not sent
 * twice, and without the blank ones: a browser sends a blank search of every page without a query.
 */
function withoutPage(properties: Members, page: Page = {}): Members | undefined {
  const rest: Members = {}
  for (const name of Object.keys(properties)) {
    const value = properties[name]
    const isBlankPart = PAGE_PARTS.has(name) && typeof value === 'string' && nonBlank(value) === undefined
    if (value !== page[name as keyof Page] && !isBlankPart) rest[name] = value
  }
  return undefinedIfEmpty(rest)
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Visit',
  description:
    'Tell Tractionboard that someone visited a page of your website or a screen of your app. Visits show where your customers come from and what they do before they sign up.',
  defaultSubscription: SUBSCRIPTIONS.page,
  fields: {
    channel: {
      label: 'Channel',
      description: 'Whether a page of a website or a screen of an app was visited.',
      type: 'string',
      required: true,
      choices: [
        { label: 'Page', value: 'page' },
        { label: 'Screen', value: 'screen' }
      ],
      default: { '@path': '$.type' }
    },
    name: {
      label: 'Name',
      description: 'The name of the page or the screen.',
      type: 'string',
      default: textAt('name')
    },
    category: {
      label: 'Category',
      description: 'The category of the page or the screen. Without one, the property "category" is taken.',
      type: 'string',
      default: textAt('category')
    },
    ...identityFields,
    properties: propertiesField,
    ...commonFields,
    page: visitPageField
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action

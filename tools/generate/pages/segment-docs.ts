import type { DestinationDefinition } from '@segment/actions-core'
import { CATALOG, docsPathOf } from '../../../packages/cli/src/catalog'
import { actionSections, commonFieldsTable, settingsTable } from '../../../packages/cli/src/docs/fields'
import { mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/docs/mappings'
import { code, table } from '../../../packages/cli/src/docs/markdown'

type Definition = DestinationDefinition<never>

/** The limits of the contract that the page names. */
interface Limits {
  maxEvents: number
}

const CLASSIC_PAGE = docsPathOf(CATALOG.classic.slug)
const WEBSITE = `${CATALOG.website}?utm_source=segmentio&utm_medium=docs&utm_campaign=partners`

/** What the classic destination did with a call, the mapping that does it now, and what is different. */
const MIGRATION: [classic: string, mapping: string, now: string][] = [
  ['Page calls are visits', 'Page Visits', 'The same'],
  ['Screen calls are treated as Page calls', 'Screen Visits', 'The same. The visit also tells that it was a screen'],
  [
    'Identify calls are logins, with traits as attributes',
    'Logins',
    'The same for calls with a user ID that Engage did not make'
  ],
  [
    'Identify calls are logins, with traits as attributes',
    'Attributes of Anonymous Visitors',
    'Without a user ID, nobody logged in: Tractionboard keeps the traits with the visitor'
  ],
  [
    'Engage audiences and computed traits are user properties',
    'Engage Audiences and Computed Traits',
    'The same. Syncing an audience never counts as a login'
  ],
  ['`Payment Made` is a payment', 'Payments', 'The same'],
  ['`Refund Received` is a refund', 'Refunds', 'The same, whether you write the amount as `5` or as `-5`'],
  ['`cancel` sets the status to canceled', 'Cancellations', 'The same. It needs a user ID'],
  ['`signup` composes the UAC metric', 'Signups', 'The same. It needs a user ID, and takes the campaign along'],
  [
    'Other Track calls are custom events',
    'Custom Events',
    'The same. The 4 names above are not sent as custom events as well'
  ],
  ['Group calls are saved as an attribute of the user', 'Groups', 'The same. The attribute is named `group`'],
  [
    'Group calls are saved as an attribute of the user',
    'Engage Account Audiences',
    'An account-level audience of Engage is an attribute under its own name'
  ],
  ['Alias calls change the ID of a user', 'Aliases', 'The same. The old ID is saved as an attribute of the new one']
]

/**
 * The page of the destination for Segment's docs, in the layout that they have for a destination with a classic version.
 *
 * @param definition what the tables and the facts come from.
 * @param limits the contract's limits.
 * @throws an error if the page names a mapping that the definition does not have.
 */
export const segmentPage = (definition: Definition, limits: Limits): string => `---
title: ${definition.name} Destination
hide-boilerplate: true
hide-dossier: true
versions:
  - name: '${CATALOG.classic.name}'
    link: '${CLASSIC_PAGE}'
---

{% include content/plan-grid.md name="actions" %}

${aboutIn(definition)}

This destination is maintained by ${CATALOG.company}. For any issues with the destination, contact the ${CATALOG.company} support team.

> success ""
> **Good to know**: This page is about the [Actions-framework](/docs/connections/destinations/actions/) Tractionboard destination. There's also a page about the [classic Tractionboard destination](${CLASSIC_PAGE}/). Both receive data from Segment. Don't enable both for the same source at the same time, because Tractionboard would receive everything twice.

## Benefits of ${definition.name} vs Tractionboard Classic

${definition.name} provides the following benefits over the classic Tractionboard destination:

- **Ready when you enter your Token ID**. Prebuilt mappings cover Page, Screen, Identify, Track, Group, and Alias calls, and Engage audiences and computed traits.
- **You decide what counts**. You can edit every mapping and add your own. For example, you can [count \`Order Completed\` as a payment](#map-order-completed-to-a-payment) without changing your tracking code.
- **Logins are logins**. When Engage syncs an audience or a computed trait, or when a visitor without a user ID shares a trait, Tractionboard saves it as an attribute and doesn't count a login.
- **Nothing counts twice**. Tractionboard recognizes each event by its type and Segment's message ID, so earnings stay right when Segment retries or [replays](/docs/guides/what-is-replay/) your data.
- **Errors you can act on**. Every event has its own result, alone or in a batch. The error names the field to fix.
- **User deletion**. When you [delete a user](/docs/privacy/user-deletion-and-suppression/) in Segment, the destination asks Tractionboard to erase that user.

## Getting started

1. In the Tractionboard Dashboard, go to **Settings > Integrations** and copy your **Token ID**.
2. From the Segment web app, click **Catalog**, then click **Destinations**.
3. Search for "${definition.name}", select it, and click **Add destination**.
4. Select an existing source to connect to ${definition.name}.
5. On the **Settings** tab, enter your **Token ID**. Segment checks it with Tractionboard.
6. On the **Mappings** tab, enable the prebuilt mappings that you want to use. See [Customize mappings](/docs/connections/destinations/actions/#customize-mappings) to change them.
7. Enable the destination.

The destination works in Cloud-mode with web, mobile, and server sources. Apart from the Segment library that your website, app, or server already has, you don't need to install anything. Tractionboard doesn't support mobile apps as such, but it can receive events from them.

Take care with the names of your Track events: \`Payment Made\`, \`Refund Received\`, \`cancel\`, and \`signup\` have a meaning of their own. Use exactly these names, including upper and lower case.

## What Tractionboard receives

Tractionboard supports the [Page](/docs/connections/spec/page/), [Screen](/docs/connections/spec/screen/), [Identify](/docs/connections/spec/identify/), [Track](/docs/connections/spec/track/), [Group](/docs/connections/spec/group/), and [Alias](/docs/connections/spec/alias/) calls. With the prebuilt mappings, each call becomes exactly 1 of these actions:

${mappingsTable(definition)}

### Page and Screen

A Page call becomes a Tractionboard visit, which shows how your users move through your website and app. The visit includes the page and the campaign from its UTM parameters, which tells you where your customers come from. A Screen call becomes the same visit, with the name of the screen and without the details that only a web page has.

### Identify

An Identify call with a user ID becomes a Tractionboard login. Segment's \`userId\` is the **External User ID** in Tractionboard. Every trait becomes an attribute with the trait's own name, and you can use as many as you want. The traits that are special in Segment, such as \`email\`, are attributes as well. If the call has no traits, those in its \`context.traits\` are taken.

An Identify call without a user ID, or with an empty one, isn't a login. Tractionboard keeps its traits with the anonymous visitor. When that visitor logs in or signs up, they become the user's.

Spaces around an ID are ignored. Placeholders such as \`null\`, \`undefined\`, and an all-zero UUID count as no ID, because they would make 1 person of many.

### Track

A Track call becomes a Tractionboard custom event with its name and properties. The following events trigger special actions instead:

- \`Payment Made\`: A payment, which adds to the earnings from the user.
- \`Refund Received\`: A refund, which is subtracted from the revenue.
- \`cancel\`: Changes the status of the user to canceled, which counts in the churn rate. Send it with the \`userId\`.
- \`signup\`: A signup, which composes the UAC (user acquisition cost) metric. Send it with the \`userId\`.

\`Payment Made\` and \`Refund Received\` are standard events in Segment. The amount is the \`revenue\` of the event, the property that Segment reserves for it, or else its \`amount\`, \`total\`, or \`value\`. Without a \`currency\`, the amount is in US dollars.

### Group

Tractionboard saves the group's ID and traits as an attribute of the user, with the name \`group\`. The latest Group call with traits counts as a whole, so send the traits that you want to keep with each of them. A Group call without traits keeps the traits of the same group. When Engage syncs an account-level audience, its property is an attribute of its own instead, and the group stays as it is.

### Alias

The user's ID changes from \`previousId\` to \`userId\`. Tractionboard saves the old ID as an attribute of the new one.

## Engage

You can send computed traits and audiences that you create with [Engage](/docs/engage/) to this destination as a **user property**.

Engage sends an Identify call for each user that it adds to an audience or removes from it. The property is the snake_cased name of the audience, and its value is \`true\` or \`false\`. For example, when a user completes an order for the first time in 30 days, Engage sends \`order_completed_last_30days: true\`. When the user hasn't completed an order for more than 30 days, Engage sends the property again with \`false\`. Tractionboard keeps the property under the name that Engage gives it, letter for letter, and doesn't count any of these calls as a login.

When you create an audience, Engage sends an Identify call for every user in it. After that, Engage only sends the users whose membership changed since the last sync.

> info "Real-time to batch destination sync frequency"
> The first real-time sync of an audience to Tractionboard may take 6 or more hours. After that, you can expect a sync every 2 to 3 hours.

Linked audiences and journeys have mappings of their own:

${offeredMappingsTable(definition)}

## Map Order Completed to a payment

If your website sends Segment's [\`Order Completed\`](/docs/connections/spec/ecommerce/v2/#order-completed) instead of \`Payment Made\`, map it to the same action:

1. On the **Mappings** tab of the destination, click **New Mapping** and select **${definition.actions.payment.title}**.
2. Define the event trigger: **Event Type** is **Track**, and **Event Name** is \`Order Completed\`.
3. Check the **Amount**. By default, it's the order's \`revenue\`, which excludes shipping and tax. To include them, select \`properties.total\`.
4. Check the **Currency**. By default, it's the order's \`currency\`.
5. Save and enable the mapping.

The **Custom Events** mapping still sends \`Order Completed\` as a custom event. If you only want the payment, add the condition **Event Name** is not \`Order Completed\` to its trigger.

In the same way, you can map \`Order Refunded\` to **${definition.actions.refund.title}**, with \`properties.total\` as the **Amount**.

> warning ""
> If you send both \`Payment Made\` and \`Order Completed\` for the same sale, only map 1 of them to **${definition.actions.payment.title}**. They're 2 events, so Tractionboard would count the sale twice.

{% comment %} Segment's catalog knows the settings, presets, actions, and fields of every public destination. Until this one is public, the tables below stand in for them. {% endcomment %}
{% assign listed = site.data.catalog.destinations.items | where: "slug", "${definition.slug}" | first %}
{% if listed %}

{% include components/actions-fields.html %}

{% else %}

## Destination settings

${settingsTable(definition)}

## Fields of every action

Every action has the following fields. If an action's own table names one of them, the action's own applies. The default is the part of the Segment call that the field takes its value from.

${commonFieldsTable(definition)}

If no ID is required, an event needs at least 1 of **External User ID** and **Anonymous ID**.

## Available actions

${actionSections(definition, '###')}

{% endif %}

## Delivery

Segment sends events to Tractionboard in batches of up to ${limits.maxEvents.toLocaleString('en-US')}. If Tractionboard is too busy or can't be reached, Segment tries again for up to 4 hours. If an event is wrong, for example because a payment has no amount, Segment discards it and shows the reason in [Event Delivery](/docs/connections/event-delivery/).

You can retry and replay without harm. Tractionboard ignores an event that it already has, and places every event by the time when it happened, in whatever order the events arrive. A replay doesn't correct what Tractionboard already has, though. If you changed a mapping so that the same event now has other content, Tractionboard rejects it and keeps the earlier one.

## Migration from the classic Tractionboard destination

1. Create the ${definition.name} destination with your development or test source.
2. Copy the **Token ID** from the settings of the classic destination. The value is the same. In the Public API, its name changes from \`${CATALOG.classic.setting}\` to ${settingNames(definition)}.
3. Enable the mappings that you need. The table below shows which mapping replaces which behavior of the classic destination.
4. Disable the classic destination, then enable ${definition.name}.
5. Send test events and check that they arrive in Tractionboard.
6. Repeat these steps with your production source.

Your tracking code stays as it is.

${migrationTable(definition)}

## Tractionboard's API

Tractionboard doesn't publish an API reference. The destination follows a wire contract that its authors wrote, and that's published with the source of the destination. If the API of Tractionboard differs from it, the destination changes and your mappings stay as they are.
`

/** The definition's own description, with its first word linked to the website. */
const aboutIn = ({ description = '' }: Definition): string =>
  description.replace(CATALOG.company, `[${CATALOG.company}](${WEBSITE}){:target="_blank"}`)

const settingNames = (definition: Definition): string =>
  Object.keys(definition.authentication?.fields ?? {})
    .map(code)
    .join(', ')

function migrationTable({ presets = [] }: Definition): string {
  const unknown = MIGRATION.find(([, mapping]) => !presets.some(({ name }) => name === mapping))
  if (unknown) throw new Error(`The docs name a mapping "${unknown[1]}", which the destination does not have.`)
  const untold = presets.find(
    ({ name, type }) => type === 'automatic' && !MIGRATION.some(([, mapping]) => mapping === name)
  )
  if (untold) throw new Error(`The docs do not say what the mapping "${untold.name}" replaces.`)
  return table(['Classic destination', 'Mapping', 'What changes'], MIGRATION)
}

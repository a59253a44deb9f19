import { isPlainObject } from 'lodash'

/** A text that is larger than this is not kept in a trace: of a batch of a thousand calls it is megabytes. */
const MAX_WHOLE_BYTES = 64 * 1024

/**
 * Makes a function that gives the part of one call in what was sent or answered for several.
 *
 * A batch is a list, or an object with one list in it. Its element for a call is the one with the call's messageId in it;
 * where no element has the messageId of any call, and there are as many elements as calls, it is the one at the same place.
 *
 * @param body the JSON of a request or a response.
 * @param messageIds those of all calls that were sent together, in order.
 * @returns a function that takes the index of a call, and gives the body with only that call's element in its list;
 *   undefined if the body has elements with a messageId, but none for this call.
 */
export function partOfBatch(body: unknown, messageIds: string[]): (index: number) => unknown {
  if (messageIds.length === 1 || body === undefined) return () => body
  const list = listIn(body)
  if (!list) return () => whole(body)
  const known = new Set(messageIds)
  const elementOf = new Map<string, unknown>()
  for (const element of list.elements) {
    for (const text of textsOf(element)) if (known.has(text) && !elementOf.has(text)) elementOf.set(text, element)
  }
  if (elementOf.size > 0) {
    return (index) => (elementOf.has(messageIds[index]) ? list.with(elementOf.get(messageIds[index])) : undefined)
  }
  return list.elements.length === messageIds.length ? (index) => list.with(list.elements[index]) : () => whole(body)
}

function listIn(body: unknown): { elements: unknown[]; with: (element: unknown) => unknown } | undefined {
  if (Array.isArray(body)) return { elements: body, with: (element) => [element] }
  if (!isPlainObject(body)) return undefined
  const lists = Object.entries(body as object).filter((member): member is [string, unknown[]] =>
    Array.isArray(member[1])
  )
  if (lists.length !== 1) return undefined
  const [[name, elements]] = lists
  return { elements, with: (element) => ({ ...(body as object), [name]: [element] }) }
}

/** The texts in an element, and in the objects in it. */
const textsOf = (element: unknown): string[] =>
  Object.values(Object(element) as object).flatMap((value: unknown) =>
    typeof value === 'string'
      ? [value]
      : isPlainObject(value)
        ? Object.values(value as object).filter((v) => typeof v === 'string')
        : []
  )

function whole(body: unknown): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(body) ?? '')
  return bytes > MAX_WHOLE_BYTES ? `${bytes.toLocaleString('en-US')} bytes` : body
}

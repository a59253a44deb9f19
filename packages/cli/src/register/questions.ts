import { loadContract, SERVER } from '@tractionboard/contract'
import { lowerFirst } from 'lodash'
import { formatBytes, formatNumber, joinWithAnd } from '../text'
import { inlineCode } from '../markdown/syntax'
import type { Limits } from './limits'

/** Something that only Tractionboard knows. */
export interface Question {
  question: string
  /** What the destination does as long as there is no answer, and where that comes from. */
  assumption: string
  /** What cannot be done, or not be relied on, before the answer. */
  blocks: string
}

/**
 * What Tractionboard has to answer, because it publishes no API reference. What stops the most comes first.
 *
 * @param limits the limits that the destination keeps to.
 */
export function openQuestions(limits: Limits): Question[] {
  return [
    {
      question: `Is ${inlineCode(SERVER)} the address for requests from Segment's servers?`,
      assumption:
        "We assume so, from the one public fact: Tractionboard's page on its browser tracker (http://tractionboard.io/doc/tracker.html, version 0.2) loads its script from `api.tractionboard.io`. That page has `init({app_id})` and `sendEvent(name)` for browsers, and nothing for servers.",
      blocks: 'Nothing can be sent.'
    },
    {
      question: 'Which requests does it take at that address, in which format, and what does it respond?',
      assumption: `We assume ${joinWithAnd(endpoints())}, in a format that this project chose.`,
      blocks: 'No event arrives, no Token ID is checked, and no user is deleted.'
    },
    {
      question:
        'Is the Token ID from the Dashboard what a request from Segment has to carry, and how? Is it the same as the `app_id` of the browser tracker?',
      assumption: 'We assume that it is sent in the header `Authorization: Bearer <Token ID>`.',
      blocks: 'No customer can connect.'
    },
    {
      question: "Does it recognize an event that it already has, by the event's type and Segment's message ID?",
      assumption: 'We assume so, and that it ignores the second copy.',
      blocks: 'When Segment retries or replays, a payment could count twice.'
    },
    {
      question: 'What are its limits for a request, for an event, and for the number of requests in a second?',
      assumption: `We assume ${formatNumber(limits.maxEvents)} events and ${formatBytes(limits.maxRequestBytes)} in a request, ${formatBytes(limits.maxEventBytes)} in an event, and no fixed number of requests.`,
      blocks: 'The rate limits are not sure, and large batches could be refused.'
    }
  ]
}

/** Each request of the contract: what it is for, its method and its path. */
const endpoints = (): string[] =>
  Object.entries(loadContract().paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, { summary }]) => `${inlineCode(`${method.toUpperCase()} ${path}`)} (${lowerFirst(summary)})`
    )
  )

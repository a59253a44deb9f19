import { setTimeout as sleep } from 'node:timers/promises'
import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { Failure, reasonOf } from '../failure'
import type { Place } from './archive'
import type { Mapping } from './router'

/** A call on its way, with the place it was read from. */
export interface Sending extends Place {
  call: SegmentEvent
}

/** What became of a call under one mapping. */
export type Delivery = Sending & { action: string } & (
    { verdict: 'accepted' | 'duplicates' } | { verdict: 'rejected'; reason: string; gaveUp: boolean }
  )

/** How often a call is sent at the most, and how long it waits before the second time; each wait doubles the last. */
export interface Patience {
  attempts: number
  firstWaitMs: number
}

const DEFAULT_PATIENCE: Patience = { attempts: 6, firstWaitMs: 250 }

type Node = { status: number; errormessage?: string; body?: { status?: string } | string }

/** Sends calls through the definition as Segment's platform would. */
export interface Sender {
  /**
   * Makes sure that the Token ID is good and that there is somebody to send to.
   *
   * @throws Failure if not, in one sentence.
   */
  check: () => Promise<void>
  /** Sends calls of one mapping in one batch, and again those that may be taken later. Tells what became of each. */
  send: (mapping: Mapping, calls: Sending[]) => Promise<Delivery[]>
}

/**
 * Makes a sender.
 *
 * @param definition the destination, sending to where the calls shall go.
 * @param tokenId the Token ID of the account.
 */
export function sender<Settings>(
  definition: DestinationDefinition<Settings>,
  tokenId: string,
  patience = DEFAULT_PATIENCE
): Sender {
  const destination = new Destination<Settings>(definition)
  const settings = { tokenId }

  const sendOnce = async (mapping: Mapping, calls: Sending[]): Promise<Node[]> => {
    const results = await destination.onBatch(
      calls.map(({ call }) => call),
      { ...settings, subscription: mapping as unknown as JSONObject }
    )
    return results[0].multistatus ?? []
  }

  const send = async (mapping: Mapping, calls: Sending[], attempt = 1): Promise<Delivery[]> => {
    const nodes = await sendOnce(mapping, calls)
    const again = calls.filter((_, index) => isRetried(nodes[index]))
    if (again.length === 0 || attempt >= patience.attempts) {
      return calls.map((call, index) => deliveryOf(mapping, call, nodes[index]))
    }
    await sleep(patience.firstWaitMs * 2 ** (attempt - 1))
    const later = (await send(mapping, again, attempt + 1)).values()
    return calls.map((call, index) =>
      isRetried(nodes[index]) ? (later.next().value as Delivery) : deliveryOf(mapping, call, nodes[index])
    )
  }

  return {
    send: (mapping, calls) => send(mapping, calls),
    async check() {
      try {
        await destination.testAuthentication(settings as unknown as Settings)
      } catch (error) {
        // What actions-core puts before the destination's own words is true of a bad token only.
        throw new Failure(reasonOf(error).replace(/^Credentials are invalid:\s*/, ''))
      }
    }
  }
}

/** Segment's rule of what it sends again. */
export const isRetried = ({ status }: { status: number }): boolean =>
  [408, 423, 429].includes(status) || (status >= 500 && status !== 501)

function deliveryOf(mapping: Mapping, sending: Sending, node: Node): Delivery {
  const delivery = { ...sending, action: mapping.partnerAction }
  if (node.status === 200) {
    const isDuplicate = typeof node.body === 'object' && node.body.status === 'duplicate'
    return { ...delivery, verdict: isDuplicate ? 'duplicates' : 'accepted' }
  }
  return {
    ...delivery,
    verdict: 'rejected',
    reason: node.errormessage ?? `status ${node.status}`,
    gaveUp: isRetried(node)
  }
}

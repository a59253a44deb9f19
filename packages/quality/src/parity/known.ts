import { transform } from '@segment/actions-core/mapping-kit'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Case } from './cases'
import { alone, inBatch } from './run'
import type { BatchError, Told } from './run'

/** Two fates of a call that are not the same. */
export interface Difference {
  slug: string
  of: Case
  index: number
  alone: Told
  inBatch: Told
  /** The error of the batch, if it failed as a whole. */
  error?: BatchError
}

/** A difference that is known, and that the destination cannot take away. */
export interface Known {
  /** What it is, for the document. */
  what: string
  /** Proves that the difference is this one and nothing else. */
  isIt: (difference: Difference) => Promise<boolean>
}

/** What is known of core. A difference that none of these explains is a fault. */
export const KNOWN: Record<string, Known> = {
  emptyText: {
    what: 'An empty text in a field: actions-core takes it away from a single call before it looks at the fields, and not in a batch. Both are discarded with status 400, and the message names what it saw: of an empty date, an empty choice, or an empty required text beside another fault.',
    isIt: async ({ slug, of, index, alone: toldAlone, inBatch: toldInBatch }) => {
      const resolved = resolve(of.mapping, of.calls[index])
      if (resolved === undefined || toldAlone.status !== 400 || toldInBatch.status !== 400) return false
      const mapping = Object.fromEntries(Object.entries(of.mapping).filter(([field]) => resolved[field] !== ''))
      const again = await inBatch(slug, { ...of, mapping, calls: [of.calls[index]] })
      return isSame(again.told[0], toldAlone)
    }
  },
  thrown: {
    what: 'An error that actions-core throws on one call while it prepares it (a directive of the mapping that cannot be resolved, a context that is null): the batch with that call fails as a whole, because the destination is not asked.',
    isIt: async ({ slug, of, error }) => {
      if (error === undefined || error.isAsked) return false
      const { told } = await alone(slug, of)
      return told.some((one) => isSame(one, error.told)) || (of.calls.some(isWithoutContext) && isOfNull(error.told))
    }
  }
}

/** Whether two calls were told the same. */
export const isSame = (a: Told | undefined, b: Told): boolean =>
  a?.status === b.status && a?.code === b.code && a?.message === b.message

function resolve(mapping: JSONObject, call: SegmentEvent): JSONObject | undefined {
  try {
    return transform(structuredClone(mapping), structuredClone(call) as unknown as JSONObject)
  } catch {
    return undefined
  }
}

/** Core looks into these for an audience, without looking whether they are there. */
const isWithoutContext = ({ context }: SegmentEvent) => context === null || context?.personas === null

const isOfNull = ({ message }: Told) => /^Cannot (read properties of|destructure property .*) null/.test(message ?? '')

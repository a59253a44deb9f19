import { transform } from '@segment/actions-core/mapping-kit'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Case } from './cases'
import { alone, inBatch } from './run'
import type { BatchError, Verdict } from './run'

/** A call that got another verdict alone than in a batch. */
export interface Difference {
  slug: string
  of: Case
  index: number
  alone: Verdict
  inBatch: Verdict
  /** The error of the batch, if it failed as a whole. */
  error?: BatchError
}

/** A known difference, which the destination cannot avoid. */
export interface Known {
  /** An explanation for the document. */
  description: string
  /** Whether a difference is this one and nothing else. */
  matches: (difference: Difference) => Promise<boolean>
}

/** The known differences, all of them of actions-core. Any other difference fails the run. */
export const KNOWN_DIFFERENCES: Record<string, Known> = {
  emptyText: {
    description:
      'An empty text in a field: actions-core removes it from a single call before validation, and not in a batch. Both are discarded with status 400, and the messages differ: for an empty date, an empty choice, or an empty required text beside another violation.',
    matches: async ({ slug, of, index, alone: verdictOfSingle, inBatch: verdictInBatch }) => {
      const resolved = resolve(of.mapping, of.calls[index])
      if (resolved === undefined || verdictOfSingle.status !== 400 || verdictInBatch.status !== 400) return false
      const mapping = Object.fromEntries(Object.entries(of.mapping).filter(([field]) => resolved[field] !== ''))
      const again = await inBatch(slug, { ...of, mapping, calls: [of.calls[index]] })
      return isSame(again.verdicts[0], verdictOfSingle)
    }
  },
  thrown: {
    description:
      'An error that actions-core throws while it prepares a call (a directive that cannot be resolved, a context that is null): the whole batch with that call fails before the destination sees it.',
    matches: async ({ slug, of, error }) => {
      if (error === undefined || error.hasRequested) return false
      const { verdicts } = await alone(slug, of)
      return (
        verdicts.some((one) => isSame(one, error.verdict)) ||
        (of.calls.some(isWithoutContext) && isOfNull(error.verdict))
      )
    }
  }
}

/** Whether two verdicts are equal. */
export const isSame = (a: Verdict | undefined, b: Verdict): boolean =>
  a?.status === b.status && a?.code === b.code && a?.message === b.message

function resolve(mapping: JSONObject, call: SegmentEvent): JSONObject | undefined {
  try {
    return transform(structuredClone(mapping), structuredClone(call) as unknown as JSONObject)
  } catch {
    return undefined
  }
}

/** actions-core reads an audience from the context without checking that there is one. */
const isWithoutContext = ({ context }: SegmentEvent) => context === null || context?.personas === null

const isOfNull = ({ message }: Verdict) =>
  /^Cannot (read properties of|destructure property .*) null/.test(message ?? '')

import { type SegmentEvent, transform, type JSONObject } from '@segment/actions-core'
import { router, type Mapping } from '@tractionboard/local-segment'

export interface Explanation {
  matches: boolean
  text: string
  parts: Explanation[]
  operator?: 'and' | 'or'
  problem?: string
}

export interface FieldExplanation {
  field: string
  label: string
  value: unknown
  from: string[]
  directive: unknown
  isDefault: boolean
  problem?: string
}

export function explainTrigger(fql: string, call: SegmentEvent): Explanation {
  const matches = router([{ subscribe: fql } as Mapping])(call).length > 0
  return { matches, text: fql, parts: [] }
}

export function explainPayload(
  definition: { actions: Record<string, { fields: Record<string, { label: string }> }> },
  mapping: Mapping,
  call: SegmentEvent,
  _settings: unknown
): FieldExplanation[] {
  const fields = definition.actions[mapping.partnerAction].fields
  const payload = transform(mapping.mapping as JSONObject, call as unknown as JSONObject) as JSONObject
  return Object.entries(fields).map(([field, { label }]) => ({
    field,
    label,
    value: payload[field],
    from: [],
    directive: (mapping.mapping as JSONObject)[field],
    isDefault: true
  }))
}

export function nearMisses(_definition: unknown, _call: SegmentEvent): string[] {
  return []
}

import { useEffect } from 'preact/hooks'
import type { PanelData } from '../../src/api-types'
import { api } from './api'
import { deliveries } from './live'
import { type Loaded, useLoaded } from './use-loaded'

/** How long to wait after a delivery before the panel is loaded again: many come together. */
const SETTLE_MS = 120

/** The panel, loaded again when calls are delivered. */
export function usePanel(): Loaded<PanelData> {
  const loaded = useLoaded(() => api<PanelData>('panel'), [])
  const count = deliveries.value
  useEffect(() => {
    if (count === 0) return
    const timer = setTimeout(loaded.reload, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [count])
  return loaded
}

/** Sums of money as one text, a line each; a dash for none. */
export const sums = (
  amounts: Record<string, string | null>,
  format: (currency: string, amount: string | null) => string
) =>
  Object.entries(amounts)
    .map(([currency, amount]) => format(currency, amount))
    .join('\n') || '–'

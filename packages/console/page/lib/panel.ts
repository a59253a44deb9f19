import type { PanelData } from '../../src/api-types'
import { api } from './api'
import { deliveries } from './live'
import { type Loaded, useLoaded } from './use-loaded'

/** The panel, loaded again when calls are delivered. */
export const usePanel = (): Loaded<PanelData> => useLoaded(() => api<PanelData>('panel'), [deliveries.value])

/** Sums of money as one text, a line each; a dash for none. */
export const sums = (
  amounts: Record<string, string | null>,
  format: (currency: string, amount: string | null) => string
) =>
  Object.entries(amounts)
    .map(([currency, amount]) => format(currency, amount))
    .join('\n') || '–'

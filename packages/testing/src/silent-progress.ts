import type { Progress } from '@tractionboard/local-segment'

/** Progress that nobody watches. */
export const SILENT: Progress = { start: () => {}, advance: () => {}, stop: () => {} }

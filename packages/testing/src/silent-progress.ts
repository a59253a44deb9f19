import type { Progress } from '@tractionboard/local-segment'

/** Progress that is not shown. */
export const SILENT: Progress = { start: () => {}, advance: () => {}, notice: () => {}, stop: () => {} }

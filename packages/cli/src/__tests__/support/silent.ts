import type { Progress } from '../../replay'

/** Progress that nobody watches. */
export const SILENT: Progress = { start: () => {}, advance: () => {}, stop: () => {} }

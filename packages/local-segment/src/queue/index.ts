export { fillQueue } from './fill'
export { queueStatus, setQueuePaused, type QueueStatus } from './status'
export type { QueuedReplay } from './types'
export { workOnQueue } from './work'

import type { Operation } from './serve'

/** Tells that the Token ID is good: a request with another one does not get this far. */
export const checkToken: Operation = () => () => ({ status: 200, body: { valid: true } })

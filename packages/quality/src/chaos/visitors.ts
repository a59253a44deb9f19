import type { Fields } from '@tractionboard/testing/call-builder'
import type { Rng } from '@tractionboard/testing/random'

/** The users and devices of a world, and the generator that its calls are drawn from. */
export interface WorldContext {
  rng: Rng
  users: string[]
  /** Anonymous ids. */
  devices: string[]
}

/** Draws the users and devices of a world. */
export function drawContext(rng: Rng): WorldContext {
  const ids = (prefix: string, max: number) =>
    Array.from({ length: rng.between(1, max) }, (_, index) => `${prefix}-${index}`)
  const users = ids('user', 6)
  // Sometimes one id is that of a user and of a visitor.
  const devices = [...ids('device', 5), ...(rng.chance(0.3) ? [rng.pick(users)] : [])]
  return { rng, users, devices }
}

/** The ids of a user, with or without a device. */
export const knownUser = ({ rng, users, devices }: WorldContext): Fields => ({
  userId: rng.pick(users),
  ...(rng.chance(0.6) && { anonymousId: rng.pick(devices) })
})

/** The ids of an anonymous visitor. */
export const anonymousVisitor = ({ rng, devices }: WorldContext): Fields => ({
  anonymousId: rng.pick(devices),
  ...(rng.chance(0.5) && { userId: null })
})

export const anyVisitor = (context: WorldContext): Fields =>
  context.rng.chance(0.6) ? knownUser(context) : anonymousVisitor(context)

import type { Request } from 'express'
import type { Operation } from './serve'

/** Erases a user with everyone who joined them. */
export const eraseUser: Operation =
  ({ state, request }) =>
  () => {
    state.store.eraseUser(param(request, 'external_user_id'))
    return { status: 204 }
  }

/** Erases an anonymous visitor. */
export const eraseVisitor: Operation =
  ({ state, request }) =>
  () => {
    state.store.eraseVisitor(param(request, 'anonymous_id'))
    return { status: 204 }
  }

function param(request: Request, name: string): string {
  return request.params[name] as string
}

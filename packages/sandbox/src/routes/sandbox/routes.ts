import type { RequestHandler } from 'express'

/** Handlers by path, below `/sandbox`, and method. */
export type Routes = Record<string, Partial<Record<'get' | 'post' | 'put', RequestHandler>>>

export type * from './api-types'
export { createConsole, type ConsoleOptions, type ConsoleServer } from './server'

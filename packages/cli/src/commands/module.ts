import destination from '@tractionboard/destination'
import type { Definition } from '@tractionboard/lint'
import { loadDefinition } from '../load-definition'

/** The argument of commands that look at a definition, and what it is: for `Command.argument`. */
export const MODULE = [
  '[module]',
  "exports the definition as default or destination (default: Tractionboard's own)"
] as const

/** The definition that such a command is about. Throws what `loadDefinition` throws. */
export const definitionOf = (module: string | undefined): Definition =>
  module === undefined ? destination : loadDefinition(module)

import type { Command } from 'commander'
import { addConsole } from './console'
import { addContribute } from './contribute'
import { addMetadata, addTypes } from './generate'
import { addInspect } from './inspect'
import { addRegister } from './register'
import { addReplay } from './replay'
import { addSandbox } from './sandbox'
import { addStart } from './start'
import { addTry } from './try'
import { addValidate } from './validate'
import { addWorker } from './worker'

/** Adds one subcommand to the program. */
export type AddCommand = (program: Command) => void

/** Every subcommand of `tractionboard`, in the order of its help. */
export const COMMANDS: AddCommand[] = [
  addStart,
  addConsole,
  addReplay,
  addWorker,
  addInspect,
  addTry,
  addSandbox,
  addValidate,
  addTypes,
  addMetadata,
  addContribute,
  addRegister
]

import type { Command } from 'commander'
import { addReplay } from './replay'
import { addSandbox } from './sandbox'
import { addStart } from './start'

/** Adds one subcommand to the program. */
export type AddCommand = (program: Command) => void

/** Every subcommand of `tractionboard`, in the order of its help. */
export const COMMANDS: AddCommand[] = [addStart, addReplay, addSandbox]

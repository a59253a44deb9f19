import type { Command } from 'commander'

/** Adds one subcommand to the program. */
export type AddCommand = (program: Command) => void

/** Every subcommand of `tractionboard`, in the order of its help. */
export const COMMANDS: AddCommand[] = []

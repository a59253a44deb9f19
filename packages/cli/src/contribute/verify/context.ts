import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { omitBy } from 'lodash'
import { packageFile } from '../../package-files'
import { type Checkout, TARGET } from '../checkout'
import type { Files } from '../source'
import type { ScriptOptions } from './script'

/** What a gate works with. */
export interface Context {
  checkout: Checkout
  definition: DestinationDefinition<never>
  /** The destination's files, which the checkout has. */
  source: Files
  /** A temporary folder outside of the checkout. */
  scratch: string
  /** Aborted when the user interrupts the command. */
  signal?: AbortSignal
}

/** A program of upstream's: how a person runs it in the root of the checkout, and the file behind that. */
export interface Program {
  shown: string
  file: string
  /** The folder to run it in, if it is not the root. */
  cwd?: string
}

/** How a gate's program is run. */
export interface Command {
  program: Program
  /** `$DIR` and `$TSCONFIG` stand for paths. */
  args: string[]
  /** A file of `preload` that is loaded into it first. */
  preload?: string
  /** Environment variables besides the usual ones. */
  env?: NodeJS.ProcessEnv
  /** How long it may take, in seconds. */
  limit: number
}

/** The command as a person would type it. */
export const shownCommand = ({ program, args }: Command): string =>
  [program.shown, ...args.map((arg) => (arg.includes('*') ? `"${arg}"` : arg))].join(' ')

/** The path of a program's file, which yarn puts into a workspace or into the root; nothing if it is not there. */
export const findProgram = ({ root }: Checkout, { file, cwd = '' }: Program): string | undefined =>
  [join(root, cwd, file), join(root, file)].find((path) => existsSync(path))

/** The path of the tsconfig that the typecheck uses. */
export const tsconfigPath = ({ scratch }: Context): string => join(scratch, 'tsconfig.json')

/** How to start a command whose program is there. */
export function scriptOptions(context: Context, file: string, command: Command): ScriptOptions {
  const { root } = context.checkout
  const paths: Record<string, string> = { $DIR: TARGET, $TSCONFIG: tsconfigPath(context) }
  return {
    file,
    args: command.args.map((arg) => arg.replace(/\$[A-Z]+/, (name) => paths[name])),
    cwd: join(root, command.program.cwd ?? ''),
    env: { ...environment(command.preload), ...command.env },
    limit: command.limit,
    signal: context.signal
  }
}

/** Variables that change how git, Node or a test run behaves. */
const LEFT_OUT = /^(GIT_|JEST_|NODE_ENV$|NODE_OPTIONS$|NO_COLOR$)/

/** As in upstream's CI: tests in UTC, 4 GiB of memory, and no colors. `node` is the one that runs this process. */
function environment(preload: string | undefined): NodeJS.ProcessEnv {
  const require = preload === undefined ? [] : ['--require', JSON.stringify(packageFile('preload', preload))]
  return {
    ...omitBy(process.env, (_, name) => LEFT_OUT.test(name)),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NODE_OPTIONS: ['--max-old-space-size=4096', ...require].join(' '),
    TZ: 'UTC',
    CI: 'true',
    FORCE_COLOR: '0'
  }
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TARGET } from '../checkout'
import { FOLDER } from '../registry'
import { type Command, type Context, type Program, tsconfigPath } from './context'
import type { Run } from './script'
import { talkToServer } from './serve'

/** One of upstream's own checks, run on the destination's folder alone where upstream can. */
export interface Gate {
  name: string
  command: Command
  /** A folder that must be there, and the command that makes it. */
  needs?: { folder: string; command: string }
  /** Finds the line with the first error in the output of a run that failed. */
  error?: RegExp
  /** Makes ready for the run. The destination's folder is restored after it. */
  prepare?: (context: Context) => void
  /** Says what is wrong although the command ended well; nothing if all is well. */
  check?: (context: Context, run: Run) => string | undefined
  /** For a command that keeps running: uses it, and says what is wrong. It is ended then. */
  use?: (context: Context, start: (env: NodeJS.ProcessEnv) => Promise<Run>) => Promise<string | undefined>
}

/** What became of a gate. */
export interface GateResult {
  gate: Gate
  status: 'passed' | 'failed' | 'not run'
  /** The first error, or why it was not run. */
  reason?: string
  /** How long it took, in seconds. */
  seconds: number
  /** The file with the whole output, if it failed. */
  log?: string
}

const CLI: Program = { shown: './bin/run', file: 'bin/run' }
const JEST: Program = { shown: 'yarn cloud jest', file: 'node_modules/.bin/jest', cwd: 'packages/destination-actions' }
const tool = (name: string): Program => ({ shown: `yarn ${name}`, file: `node_modules/.bin/${name}` })

/**
 * The gates, in the order in which they run.
 *
 * @see https://github.com/segmentio/action-destinations/blob/main/.github/workflows/ci.yml
 */
export const GATES: Gate[] = [
  {
    name: 'types',
    command: { program: CLI, args: ['generate:types', '-p', '$DIR/index.ts'], limit: 300 },
    ...regenerates(/(^|\/)generated-types\.ts$/)
  },
  {
    name: 'metadata',
    command: { program: CLI, args: ['generate:metadata-payload', '-p', '$DIR/index.ts'], limit: 600 },
    ...regenerates(/^metadata\.json$/)
  },
  {
    name: 'typecheck',
    command: { program: tool('tsc'), args: ['-p', '$TSCONFIG', '--noEmit'], limit: 300 },
    needs: { folder: 'packages/core/dist', command: 'yarn build' },
    error: /error TS/,
    prepare: writeTsconfig
  },
  {
    name: 'eslint',
    command: { program: tool('eslint'), args: ['--format', 'unix', '$DIR/**/*.ts'], limit: 300 },
    error: /\[Error/
  },
  {
    name: 'prettier',
    command: { program: tool('prettier'), args: ['--check', '$DIR/**/*.ts'], limit: 120 },
    error: /\[(warn|error)\]/
  },
  {
    name: 'jest',
    command: { program: JEST, args: ['-i', `src/destinations/${FOLDER}/`], limit: 600 },
    error: /●/
  },
  {
    name: 'validate',
    command: {
      program: CLI,
      args: ['validate'],
      preload: 'only-this-destination.cjs',
      env: { VERIFY_FOLDER: TARGET },
      limit: 300
    },
    error: /^\s*The (action|preset|destination)/,
    check: checkValidation
  },
  {
    name: 'secrets',
    command: { program: CLI, args: ['validate-secret-fields', '-p', '$DIR/index.ts'], limit: 300 },
    check: checkSecrets
  },
  {
    name: 'serve',
    command: {
      program: CLI,
      args: ['serve', `--destination=${FOLDER}`, '--noUI'],
      preload: 'swap-origin.cjs',
      limit: 300
    },
    use: talkToServer
  }
]

/**
 * For a generator. It passes over in silence what it cannot load, so the files are emptied first, to see that it writes
 * them.
 */
function regenerates(pattern: RegExp): Pick<Gate, 'prepare' | 'check'> {
  const isGenerated = (path: string) => pattern.test(path)
  return {
    prepare: ({ checkout, source }) =>
      [...source.keys()].filter(isGenerated).forEach((path) => writeFileSync(join(checkout.root, TARGET, path), '')),
    check: ({ checkout, source }) => {
      for (const path of checkout.targetFiles().map((path) => path.slice(TARGET.length + 1))) {
        const text = readFileSync(join(checkout.root, TARGET, path))
        if (text.length === 0 && isGenerated(path)) return `${path} was not written. Does the definition load?`
        if (!source.get(path)?.equals(text)) return `${path} is not as it is in the source.`
      }
      return undefined
    }
  }
}

/** Upstream's own tsconfig for the folder alone, outside of the checkout. */
function writeTsconfig(context: Context): void {
  const { root } = context.checkout
  const packages = join(root, 'packages/destination-actions')
  const tsconfig = {
    extends: join(packages, 'tsconfig.build.json'),
    // Types are looked for beside a tsconfig; a composite project would write a record of its build.
    compilerOptions: {
      typeRoots: [packages, root].map((folder) => join(folder, 'node_modules/@types')),
      composite: false
    },
    include: [join(root, TARGET)]
  }
  writeFileSync(tsconfigPath(context), JSON.stringify(tsconfig))
}

/** A field without a description is reported with a cross, but does not fail the command. */
function checkValidation({ definition }: Context, { output }: Run): string | undefined {
  const problem = /✖[^\n]*\n\s*([^\n]+)/.exec(output)?.[1]
  if (problem) return problem
  return output.includes(definition.name) ? undefined : 'The destination was not validated.'
}

/** The command lists settings that look like secrets and are no passwords, and leaves out what it cannot load. */
function checkSecrets({ definition }: Context, { stdout }: Run): string | undefined {
  const found = parseJson(stdout) as Record<string, { settings?: string[] }> | undefined
  const settings = found?.[definition.name]?.settings
  if (settings === undefined) return 'The destination is not in the list. Does the definition load?'
  return settings.length > 0 ? `Not of the type password: ${settings.join(', ')}.` : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

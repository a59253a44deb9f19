import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import destination from '@tractionboard/destination'
import { type Definition, structuralError } from '@tractionboard/lint'
import { errorMessage } from '@tractionboard/local-segment'
import { CliError } from './errors'

/**
 * Loads the definition that a command is about.
 *
 * @param path the path of a module from the working directory; Tractionboard's own definition if there is none. The
 *   definition is the module's `default` or `destination` export, or the module itself. A TypeScript module needs a
 *   registered loader.
 * @throws CliError if the module cannot be loaded, or exports no usable definition.
 */
export function loadDefinition(path?: string): Definition {
  if (path === undefined) return destination
  const exports = load(path)
  const candidates = [member(exports, 'default'), member(exports, 'destination'), exports]
  // In a module that was compiled from TypeScript and imported once more, the default export is inside the default export.
  const definition = [member(candidates[0], 'default'), ...candidates].find(hasActions)
  if (definition === undefined) {
    throw new CliError(
      `${path} exports no destination definition. Export one, an object with a name and actions, as default or destination.`
    )
  }
  const problem = structuralError(definition)
  if (problem) throw new CliError(`${path} exports an unusable destination definition: ${problem}.`)
  return definition
}

function load(path: string): unknown {
  const require = createRequire(__filename)
  try {
    return require(resolve(path))
  } catch (error) {
    const hint =
      /\.[cm]?ts$/.test(path) && !('.ts' in require.extensions) ? ' (TypeScript needs a loader: node --import tsx)' : ''
    throw new CliError(`${path} cannot be loaded: ${errorMessage(error ?? 'it throws nothing')}${hint}`)
  }
}

type Members = Record<string, unknown>

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null

const member = (value: unknown, key: string) => (isObject(value) ? value[key] : undefined)

const hasActions = (value: unknown): value is Definition =>
  isObject(value) && typeof value.name === 'string' && isObject(value.actions)

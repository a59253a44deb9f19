import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { CliError } from './errors'
import { errorMessage } from '@tractionboard/local-segment'
import { type Definition, structuralError } from '@tractionboard/lint'

/**
 * The definition of a module: its `default` or `destination` export, or the module itself.
 *
 * @param path the module's path, from the working directory. TypeScript is read if a loader for it is registered.
 * @throws CliError if the module cannot be loaded, or has no definition.
 */
export function loadDefinition(path: string): Definition {
  const exports = load(path)
  const candidates = [member(exports, 'default'), member(exports, 'destination'), exports]
  // A module that was compiled from TypeScript and is imported once more has its default within its default.
  const definition = [member(candidates[0], 'default'), ...candidates].find(hasActions)
  if (definition === undefined) {
    throw new CliError(
      `${path} exports no destination definition. Export one, an object with a name and actions, as default or destination.`
    )
  }
  const fault = structuralError(definition)
  if (fault) throw new CliError(`${path} exports no proper destination definition: ${fault}.`)
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

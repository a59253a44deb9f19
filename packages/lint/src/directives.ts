import { getFieldValueKeys, transform } from '@segment/actions-core'
import type { FieldValue, JSONLikeObject, JSONObject } from '@segment/actions-core'
import type { Call } from './sample-calls'

/** Something wrong in a mapping. The kind decides which rule reports it. */
export interface MappingProblem {
  kind: 'directive' | 'path' | 'resolves'
  message: string
}

/** The directives of actions-core. */
const DIRECTIVES = [
  '@path',
  '@template',
  '@if',
  '@case',
  '@replace',
  '@arrayPath',
  '@literal',
  '@flatten',
  '@json',
  '@merge',
  '@transform',
  '@excludeWhenNull',
  '@liquid'
]

/**
 * The members of a call in Segment's spec.
 *
 * @see https://segment.com/docs/connections/spec/common/
 */
const ROOTS = [
  'anonymousId',
  'category',
  'channel',
  'context',
  'event',
  'groupId',
  'integrations',
  'messageId',
  'name',
  'originalTimestamp',
  'previousId',
  'projectId',
  'properties',
  'receivedAt',
  'sentAt',
  'timestamp',
  'traits',
  'type',
  'userId',
  'version',
  'writeKey'
]

/**
 * Everything that is wrong in a mapping, at any depth.
 *
 * @param calls the calls that it is applied to: each path must have a value in one of them.
 */
export function problemsIn(mapping: unknown, calls: Call[]): MappingProblem[] {
  return problemsWithin(mapping, { calls, ofCall: true })
}

/** The value of a mapping for a call; undefined if there is none. */
export function resolveMapping(mapping: unknown, call: Call): unknown {
  // A copy, because `@replace` changes the mapping.
  return transform({ value: structuredClone(mapping) } as JSONLikeObject, call).value
}

/** What paths are looked up in: calls, or the results of a directive. */
interface Scope {
  calls: Call[]
  ofCall: boolean
}

type Members = Record<string, unknown>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const problem = (kind: MappingProblem['kind'], message: string): MappingProblem[] => [{ kind, message }]

function problemsWithin(mapping: unknown, scope: Scope): MappingProblem[] {
  if (!isObject(mapping)) return []
  const names = Object.keys(mapping).filter((key) => key.startsWith('@'))
  if (names.length === 0) return Object.values(mapping).flatMap((member) => problemsWithin(member, scope))

  const unknown = names.find((name) => !DIRECTIVES.includes(name))
  if (unknown)
    return problem('directive', `has the unknown directive ${unknown}. Use one of: ${DIRECTIVES.join(', ')}.`)
  const [name] = names
  const problems = directiveProblems(name, (mapping as Members)[name], scope)
  return problems.length > 0 ? problems : resultProblems(mapping, scope)
}

/** All messages in one line: actions-core throws an aggregate of errors, whose own message has their stacks. */
function errorMessages(error: unknown): string {
  const errors = Symbol.iterator in (error as object) ? [...(error as Iterable<Error>)] : [error as Error]
  return errors.map(({ message }) => message.split('\n')[0].trim()).join(' ')
}

/** What is wrong only when the directive runs. */
function resultProblems(directive: object, { calls }: Scope): MappingProblem[] {
  try {
    const resolves = calls.some((call) => resolveMapping(directive, call) !== undefined)
    return resolves
      ? []
      : problem(
          'resolves',
          `\`${JSON.stringify(directive)}\` has no value in any call that it gets. Fix it, or give the linter a call that it fits.`
        )
  } catch (error) {
    return problem('directive', `\`${JSON.stringify(directive)}\` cannot run: ${errorMessages(error)}`)
  }
}

function directiveProblems(name: string, options: unknown, scope: Scope): MappingProblem[] {
  if (name === '@path' && typeof options === 'string') return pathProblems(options, scope)
  if (name === '@template' && typeof options === 'string') {
    return Array.from(options.matchAll(/\{\{\{?([^{}]+)\}\}/g), ([, path]) => path.trim()).flatMap((path) =>
      path.startsWith('$.')
        ? problem('path', `\`{{${path}}}\` has no value. In a template, write the path without \`$.\`.`)
        : pathProblems(`$.${path}`, scope)
    )
  }
  if (name === '@liquid') return liquidProblems(options, scope)
  if (name === '@arrayPath' && Array.isArray(options)) {
    const [path, shape] = options as unknown[]
    const root = typeof path === 'string' ? { '@path': path } : path
    const problems = problemsWithin(root, scope)
    return problems.length > 0 ? problems : problemsWithin(shape, itemsOf(root, scope))
  }
  if (name === '@transform' && isObject(options)) {
    const { apply, mapping } = options as { apply?: unknown; mapping?: unknown }
    const problems = problemsWithin(apply, scope)
    return problems.length > 0 ? problems : problemsWithin(mapping, itemsOf(apply, scope))
  }
  return problemsWithin(options, scope)
}

function liquidProblems(options: unknown, scope: Scope): MappingProblem[] {
  try {
    const paths = getFieldValueKeys({ '@liquid': options } as FieldValue)
    // getFieldValueKeys also lists Liquid's own variables.
    const own = Array.from(String(options).matchAll(/\b(?:assign|capture)\s+([\w-]+)/g), ([, name]) => name)
    return paths
      .filter((path) => !own.includes(path.split(/[.[]/)[0]))
      .flatMap((path) => pathProblems(`$.${path}`, scope))
  } catch (error) {
    return problem('directive', `has a template that cannot be read: ${errorMessages(error)}`)
  }
}

/** The results of a directive for each call, in which the paths within it are looked up. */
function itemsOf(directive: unknown, { calls }: Scope): Scope {
  const items = calls.flatMap((call) => resolveMapping(directive, call)).filter(isObject)
  return { calls: items as JSONObject[], ofCall: false }
}

function pathProblems(path: string, { calls, ofCall }: Scope): MappingProblem[] {
  // Within an item or a result, paths are often written without `$.`.
  const segments = segmentsOf(ofCall || path.startsWith('$.') ? path : `$.${path}`)
  if (segments === undefined) {
    return problem('path', `has the path \`${path}\`, which is not valid. Write it like $.properties.products[0].name.`)
  }
  if (ofCall && segments.length > 0 && !ROOTS.includes(segments[0])) {
    return problem(
      'path',
      `has the path \`${path}\`, but no call has \`${segments[0]}\`. Start with one of: ${ROOTS.join(', ')}.`
    )
  }
  const isThere = calls.some((call) => resolveMapping({ '@path': path }, call) !== undefined)
  return isThere
    ? []
    : problem(
        'resolves',
        `has the path \`${path}\`, which has no value in any call that it gets. Fix it, or give the linter a call that has it.`
      )
}

/** The names in a path; none for `$.`, which is the whole call. */
function segmentsOf(path: string): string[] | undefined {
  if (path === '$.') return []
  if (!path.startsWith('$.')) return undefined
  const segments = path
    .slice('$.'.length)
    .replace(/\[(\d+|'[^']+'|"[^"]+")\]/g, (_, key: string) => `.${key.replace(/['"]/g, '')}`)
    .split('.')
  return segments.every((segment) => /^[^\s[\]'"]+( +[^\s[\]'"]+)*$/.test(segment)) ? segments : undefined
}

import { readFileSync } from 'node:fs'
import { uniq, xor } from 'lodash'
import { packageFile } from '../package-files'

const PLACEHOLDER = /\{\{(\w+)\}\}/g

/**
 * Fills in a template: each `{{name}}` becomes the value of that name.
 *
 * @throws an error that lists the names that only the template or only the values have.
 * @example
 * fillTemplate('Hello {{who}}', { who: 'world' })
 */
export function fillTemplate(template: string, values: Record<string, string>): string {
  const names = uniq([...template.matchAll(PLACEHOLDER)].map(([, name]) => name))
  const mismatched = xor(names, Object.keys(values))
  if (mismatched.length > 0) throw new Error(`The template and its values do not match: ${mismatched.join(', ')}.`)
  return template.replaceAll(PLACEHOLDER, (_, name: string) => values[name])
}

/** The text of one of the templates that are published with this package, such as `pull-request.md`. */
export const readTemplate = (name: string): string => readFileSync(packageFile('templates', name), 'utf8')

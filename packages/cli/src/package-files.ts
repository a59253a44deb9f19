import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The path of a file that is published with this package. The same from `src` and from `dist`. */
export const packageFile = (...path: string[]): string => resolve(__dirname, '..', ...path)

/** The content of a JSON file that is published with this package. */
export const readPackageJson = <T>(...path: string[]): T => JSON.parse(readFileSync(packageFile(...path), 'utf8')) as T

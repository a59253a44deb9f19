import { wireTypes } from './wire-types'

/** A generated file: where it stands, from the root of the project, and what it must say. */
export interface Target {
  file: string
  content: string
}

/** Every generated file of the project. */
export async function targets(): Promise<Target[]> {
  const wire = await wireTypes()
  return [
    { file: 'packages/contract/src/wire-types.ts', content: wire },
    { file: 'packages/destination/src/wire-types.ts', content: wire }
  ]
}

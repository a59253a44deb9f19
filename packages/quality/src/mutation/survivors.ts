import { difference, map } from 'lodash'
import type { Survivor } from './report'

/** Why no test can notice a mutant. */
interface Explanation {
  /** The path below `packages/destination/src`. */
  file: string
  /** Matches the mutation as the report writes it. */
  mutation: RegExp
  why: string
}

/** The survivors that a person reviewed. */
const EXPLANATIONS: Explanation[] = [
  {
    file: 'responses.ts',
    mutation: /^\{ return undefined \} → \{\}$/,
    why: 'Equivalent: a function that ends without `return` gives `undefined`.'
  },
  {
    file: 'api.ts',
    mutation: /^(\{ method: 'get' \} → \{\}|'get' → "")$/,
    why: 'Equivalent: a request without a method is a GET.'
  },
  {
    file: 'delivery.ts',
    mutation: /^\[\] → \["Stryker was here"\]$/,
    why: 'Equivalent: where nothing was sent, nothing is taken from the list of what was.'
  },
  {
    file: 'fields.ts',
    mutation: /^false → true$/,
    why: 'Equivalent: however often a character is replaced by itself, the text stays the same.'
  },
  {
    file: 'fields.ts',
    mutation: /^', ' → ""$/,
    why: 'A text of `description`, made of a list: `npm run check` compares it with `metadata.json`.'
  },
  {
    file: 'values.ts',
    mutation: /^WIRE_FORMAT\.test\(text\) → false$/,
    why: 'Equivalent, and slower: a timestamp in the wire format is parsed and formatted to the same text.'
  },
  {
    file: 'values.ts',
    mutation: /^!\('0' in object\) → false$/,
    why: 'Equivalent, and slower: without a name 0, the last name is never the number of the others.'
  }
]

export const explanationOf = ({ file, mutation }: Survivor): string | undefined =>
  EXPLANATIONS.find((one) => one.file === file && one.mutation.test(mutation))?.why

/**
 * The explanations of files that were not mutated, each in words: such a file was renamed or removed.
 *
 * @param files the paths below `packages/destination/src` of all mutated files.
 */
export const staleExplanations = (files: string[]): string[] =>
  difference(map(EXPLANATIONS, 'file'), files).map(
    (file) => `${file} was not mutated. Rename it in EXPLANATIONS in packages/quality/src/mutation/survivors.ts.`
  )

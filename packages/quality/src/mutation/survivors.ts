import type { Survivor } from './report'

/** Why it is no fault that no test notices a mutant. */
interface Explanation {
  /** The file, or all of them. */
  file?: string
  /** What the mutation looks like, as the report writes it. */
  mutation: RegExp
  why: string
}

/** The survivors that were looked at. */
const EXPLANATIONS: Explanation[] = [
  {
    file: 'responses.ts',
    mutation: /^\{ return undefined \} → \{\}$/,
    why: 'The same: a function that ends without `return` gives `undefined`.'
  },
  {
    file: 'api.ts',
    mutation: /^(\{ method: 'get' \} → \{\}|'get' → "")$/,
    why: 'The same: a request without a method is a GET.'
  },
  {
    file: 'delivery.ts',
    mutation: /^\[\] → \["Stryker was here"\]$/,
    why: 'The same: where nothing was sent, nothing is taken from the list of what was.'
  },
  {
    file: 'values.ts',
    mutation: /^WIRE_FORMAT\.test\(text\) → false$/,
    why: 'The same, and slower: a time that is in the wire format already is parsed, and comes out as it was.'
  }
]

/** The explanation of a survivor. */
export const explanationOf = ({ file, mutation }: Survivor): string | undefined =>
  EXPLANATIONS.find((one) => (one.file === undefined || one.file === file) && one.mutation.test(mutation))?.why

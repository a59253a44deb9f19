/** How code is written here, as `package.json` tells prettier: the same that upstream uses. */
export const STYLE = { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 } as const

/** Compares texts by their UTF-16 code units, whatever the language of the machine. For `Array.prototype.sort`. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

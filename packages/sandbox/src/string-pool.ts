/** Keeps one copy of equal strings: `JSON.parse` makes a new one each time. */
export class StringPool {
  private readonly strings = new Map<string, string>()

  /** Puts the copy that is kept in the place of a string member of an object, if the member is there. */
  intern<Name extends string>(object: { [name in Name]?: string }, name: Name): void {
    const text = object[name]
    if (text === undefined) return
    const kept = this.strings.get(text)
    if (kept === undefined) this.strings.set(text, text)
    else object[name] = kept
  }
}

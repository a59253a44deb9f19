/** Remembers the latest ids, so that a call that comes again is told. */
export class RecentIds {
  private readonly ids = new Set<string>()

  /** @param maxIds how many are remembered. */
  constructor(private readonly maxIds: number) {}

  has(id: string): boolean {
    return this.ids.has(id)
  }

  add(id: string): void {
    this.ids.add(id)
    if (this.ids.size <= this.maxIds) return
    const [oldest] = this.ids
    this.ids.delete(oldest)
  }
}

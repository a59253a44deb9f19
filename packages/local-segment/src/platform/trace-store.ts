import type { Trace } from './types'

/** How many of the latest traces keep their requests. */
const TRACES_WITH_REQUESTS = 2000

/** How many bytes the calls of all traces may have together, as JSON, so that 50,000 large calls do not fill the memory. */
const MAX_BYTES = 64 * 1024 * 1024

/** Keeps the latest traces, and tells listeners of each change. */
export class TraceStore {
  private readonly kept = new Map<number, { trace: Trace; bytes: number }>()
  private readonly byVersion = new Map<number, Trace>()
  private readonly listeners = new Set<(trace: Trace) => void>()
  private bytes = 0
  private lastId = 0
  private lastVersion = 0

  /** @param maxTraces how many traces are kept. */
  constructor(private readonly maxTraces: number) {}

  /**
   * Keeps a new trace, and drops the oldest ones where there are too many.
   *
   * @param bytes the size of its call.
   */
  add(content: Omit<Trace, 'id' | 'version'>, bytes: number): Trace {
    const trace: Trace = { id: (this.lastId += 1), version: 0, ...content }
    this.kept.set(trace.id, { trace, bytes })
    this.bytes += bytes
    for (const [id, oldest] of this.kept) {
      if (this.kept.size <= this.maxTraces && (this.bytes <= MAX_BYTES || this.kept.size === 1)) break
      this.kept.delete(id)
      this.byVersion.delete(oldest.trace.version)
      this.bytes -= oldest.bytes
    }
    this.dropRequests(this.kept.get(trace.id - TRACES_WITH_REQUESTS)?.trace)
    this.changed(trace)
    return trace
  }

  /** Says that a trace has changed: gives it the next version, and tells the listeners. */
  changed(trace: Trace): void {
    this.byVersion.delete(trace.version)
    trace.version = this.lastVersion += 1
    if (!this.keepsRequests(trace)) this.dropRequests(trace)
    if (this.kept.has(trace.id)) this.byVersion.set(trace.version, trace)
    for (const listener of this.listeners) listener(trace)
  }

  get(id: number): Trace | undefined {
    return this.kept.get(id)?.trace
  }

  /** The traces that changed after a version, in the order of their versions. */
  changesSince(version: number): Trace[] {
    if (version <= 0) return [...this.byVersion.values()]
    // The latest are at the end, and those who ask have most of the others.
    const changed: Trace[] = []
    for (const trace of [...this.byVersion.values()].reverse()) {
      if (trace.version <= version) break
      changed.push(trace)
    }
    return changed.reverse()
  }

  /** Calls the listener on each change; the function that is returned ends this. */
  on(listener: (trace: Trace) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private keepsRequests({ id }: Trace): boolean {
    return id > this.lastId - TRACES_WITH_REQUESTS
  }

  private dropRequests(trace: Trace | undefined): void {
    for (const mapping of trace?.mappings ?? []) mapping.requests = []
  }
}

type Method = 'log' | 'info' | 'warn' | 'error' | 'debug' | 'trace'

const METHODS: Method[] = ['log', 'info', 'warn', 'error', 'debug', 'trace']

/** Runs something, and gives back all that it wrote to the console, to standard output and to standard error. */
export async function printedBy(run: () => Promise<unknown>): Promise<string> {
  const printed: string[] = []
  const restore = [
    ...METHODS.map((method) =>
      replaced(console, method, (...values) => void printed.push(values.map(String).join(' ')))
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      replaced(stream, 'write', (text) => {
        printed.push(String(text))
        return true
      })
    )
  ]
  try {
    await run()
  } finally {
    restore.forEach((undo) => undo())
  }
  return printed.join('\n')
}

function replaced<T extends object>(target: T, name: keyof T, by: (...values: unknown[]) => unknown): () => void {
  const before = target[name]
  target[name] = by as T[keyof T]
  return () => void (target[name] = before)
}

type Method = 'log' | 'info' | 'warn' | 'error' | 'debug' | 'trace'

const METHODS: Method[] = ['log', 'info', 'warn', 'error', 'debug', 'trace']

/** Runs a function and gives all that it writes to the console, to standard output and to standard error. */
export async function capturedOutput(run: () => Promise<unknown>): Promise<string> {
  const printed: string[] = []
  const restore = [
    ...METHODS.map((method) =>
      override(console, method, (...values) => void printed.push(values.map(String).join(' ')))
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      override(stream, 'write', (text) => {
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

function override<T extends object>(target: T, name: keyof T, by: (...values: unknown[]) => unknown): () => void {
  const before = target[name]
  target[name] = by as T[keyof T]
  return () => void (target[name] = before)
}

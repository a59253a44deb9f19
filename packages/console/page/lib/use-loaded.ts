import { useCallback, useEffect, useState } from 'preact/hooks'

export interface Loaded<T> {
  data?: T
  error?: string
  reload: () => void
  set: (data: T) => void
}

/**
 * Loads something when a view is shown, and again when one of the keys changes. The last data stays while new is loaded.
 */
export function useLoaded<T>(load: () => Promise<T>, keys: readonly unknown[]): Loaded<T> {
  const [{ data, error }, setState] = useState<{ data?: T; error?: string }>({})
  const reload = useCallback(() => {
    let isCurrent = true
    load().then(
      (loaded) => isCurrent && setState({ data: loaded }),
      (failure: Error) => isCurrent && setState({ error: failure.message })
    )
    return () => {
      isCurrent = false
    }
  }, keys)
  useEffect(() => reload(), [reload])
  return { data, error, reload: () => void reload(), set: (changed) => setState({ data: changed }) }
}

import { effect, signal, type Signal } from '@preact/signals'

/**
 * A signal that survives a reload of the page.
 *
 * @param key under which the browser keeps it.
 */
export function stored<T>(key: string, initial: T): Signal<T> {
  const name = `tractionboard.${key}`
  const kept = localStorage.getItem(name)
  const value = signal(kept === null ? initial : parse(kept, initial))
  effect(() => {
    try {
      localStorage.setItem(name, JSON.stringify(value.value))
    } catch {
      // The browser keeps no more than some megabytes: what is larger is lost on a reload.
      localStorage.removeItem(name)
    }
  })
  return value
}

function parse<T>(text: string, fallback: T): T {
  try {
    return JSON.parse(text) as T
  } catch {
    return fallback
  }
}

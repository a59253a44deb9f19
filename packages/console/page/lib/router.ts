import { computed, signal } from '@preact/signals'

const url = signal(new URL(location.href))
addEventListener('popstate', () => (url.value = new URL(location.href)))

/** The parts of the path, decoded: `/live/12` gives `['live', '12']`. */
export const path = computed(() =>
  url.value.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent)
)

/** The query of the address. */
export const query = computed(() => url.value.searchParams)

/** Shows another view, and adds it to the history. */
export function navigate(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  url.value = new URL(location.href)
}

/** Follows links inside the page without loading it again. */
export function followLinks(event: MouseEvent): void {
  const link = (event.target as Element).closest?.('a')
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  navigate(link.pathname + link.search)
}

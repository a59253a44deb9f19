import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

interface Props<T> {
  items: readonly T[]
  /** Pixels of a row. */
  rowHeight: number
  label: string
  keyOf: (item: T) => string | number
  selected?: string | number
  onSelect: (item: T) => void
  render: (item: T) => ComponentChildren
}

/** How many rows are drawn above and below those that can be seen. */
const OVERSCAN = 8

/** A list that draws only the rows that can be seen. Arrow keys, Page Up, Page Down, Home and End choose one. */
export function VirtualList<T>({ items, rowHeight, label, keyOf, selected, onSelect, render }: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const [{ top, height }, setView] = useState({ top: 0, height: 600 })
  const measure = () => box.current && setView({ top: box.current.scrollTop, height: box.current.clientHeight })

  useEffect(() => {
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box.current as HTMLElement)
    return () => observer.disconnect()
  }, [])

  // New rows come in at the top: what is being read stays where it is.
  const shown = useRef<{ key?: string | number }>({})
  useLayoutEffect(() => {
    const { key } = shown.current
    const element = box.current as HTMLElement
    const at = key === undefined ? -1 : items.findIndex((item) => keyOf(item) === key)
    if (element.scrollTop > 0 && at > 0) element.scrollTop += at * rowHeight
    shown.current = { key: items.length > 0 ? keyOf(items[0]) : undefined }
  }, [items])

  const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN)
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + OVERSCAN)
  const selectedIndex = selected === undefined ? -1 : items.findIndex((item) => keyOf(item) === selected)
  const page = Math.max(1, Math.floor(height / rowHeight) - 1)
  const moves: Record<string, number> = {
    ArrowDown: selectedIndex + 1,
    ArrowUp: selectedIndex - 1,
    PageDown: selectedIndex + page,
    PageUp: selectedIndex - page,
    Home: 0,
    End: items.length - 1
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!(event.key in moves) || items.length === 0) return
    event.preventDefault()
    const index = Math.min(items.length - 1, Math.max(0, moves[event.key]))
    onSelect(items[index])
    const element = box.current as HTMLElement
    const start = index * rowHeight
    if (start < element.scrollTop) element.scrollTop = start
    if (start + rowHeight > element.scrollTop + height) element.scrollTop = start + rowHeight - height
  }

  const idOf = (item: T) => `row-${keyOf(item)}`
  const isActiveDrawn = selectedIndex >= first && selectedIndex < last
  return (
    <div
      ref={box}
      class="virtual"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={isActiveDrawn ? idOf(items[selectedIndex]) : undefined}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" class="virtual-space" style={{ height: `${items.length * rowHeight}px` }}>
        {items.slice(first, last).map((item, offset) => (
          <div
            key={keyOf(item)}
            id={idOf(item)}
            class="virtual-row"
            role="option"
            aria-selected={keyOf(item) === selected}
            aria-setsize={items.length}
            aria-posinset={first + offset + 1}
            style={{ top: `${(first + offset) * rowHeight}px`, height: `${rowHeight}px` }}
            onClick={() => onSelect(item)}
          >
            {render(item)}
          </div>
        ))}
      </div>
    </div>
  )
}

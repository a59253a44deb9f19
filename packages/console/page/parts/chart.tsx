import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'

interface Props {
  title: string
  months: string[]
  values: (number | null)[]
  format: (value: number) => string
}

const HEIGHT = 150

const color = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Bars by month. A table beside it says the same, so screen readers pass over it. */
export function Chart({ title, months, values, format }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const key = JSON.stringify([months, values])
  useEffect(() => {
    const element = host.current as HTMLDivElement
    const axis = { stroke: () => color('--quiet'), ticks: { show: false }, font: '11px system-ui' }
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: [-0.6, months.length - 0.4] },
          y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] }
        },
        axes: [
          {
            ...axis,
            size: 30,
            grid: { show: false },
            splits: () => months.map((_, index) => index),
            values: () => months.map(monthName)
          },
          {
            ...axis,
            size: 58,
            grid: { stroke: () => color('--line'), width: 1 },
            values: (_plot, ticks) => ticks.map(format)
          }
        ],
        series: [
          {},
          {
            fill: () => color('--accent'),
            stroke: () => color('--accent'),
            width: 0,
            points: { show: false },
            paths: uPlot.paths.bars?.({ size: [0.6, 40], radius: 0.12 })
          }
        ]
      },
      [months.map((_, index) => index), values],
      element
    )
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }))
    observer.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const redraw = () => plot.redraw()
    dark.addEventListener('change', redraw)
    return () => {
      observer.disconnect()
      dark.removeEventListener('change', redraw)
      plot.destroy()
    }
  }, [key])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={host} aria-hidden="true" />
    </figure>
  )
}

const monthName = (month: string) =>
  new Date(`${month}-15T00:00:00Z`).toLocaleDateString(undefined, { month: 'short', timeZone: 'UTC' })

import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import type { RoundTrip } from '../wire/pulse.ts'
import { formatMs } from './format.ts'
import { useWorkspace } from './workspace-context.ts'

const HEIGHT_PX = 84

/** Round trips of a connection over time, and in words. */
export function RoundTripPlot({ roundTrips }: { readonly roundTrips: readonly RoundTrip[] }): JSX.Element {
  const { theme } = useWorkspace()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  useEffect(() => {
    const { current: element } = host
    if (element === null) return
    plot.current = new uPlot(optionsFor(element), [[], []], element)
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX }))
    resized.observe(element)
    return () => {
      resized.disconnect()
      plot.current?.destroy()
    }
  }, [theme.value])
  const last = roundTrips.at(-1)
  useEffect(() => {
    const startMs = roundTrips[0]?.atMs ?? 0
    plot.current?.setData([roundTrips.map(({ atMs }) => (atMs - startMs) / 1_000), roundTrips.map(({ ms }) => ms)])
  }, [last, theme.value])
  return (
    <figure class="plot">
      <figcaption>{summary(roundTrips)}</figcaption>
      <div ref={host} aria-hidden="true" />
    </figure>
  )
}

function summary(roundTrips: readonly RoundTrip[]): string {
  const sorted = roundTrips.map(({ ms }) => ms).sort((one, other) => one - other)
  const [least, middle, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  if (least === undefined || middle === undefined || most === undefined) return 'Round trips: none measured yet'
  return `Round trips: ${formatMs(least)} at best, ${formatMs(middle)} in the middle, ${formatMs(most)} at worst`
}

/** Colours are read from the page: a canvas knows no variables. */
function optionsFor(element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(name).trim()
  const axis = {
    stroke: color('--dim'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
    font: '10px sans-serif',
  }
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.2)] } },
    axes: [
      { ...axis, size: 20, values: (_plot, values) => values.map((value) => `${value} s`) },
      { ...axis, size: 44, values: (_plot, values) => values.map((value) => `${value} ms`) },
    ],
    series: [{}, { stroke: color('--accent'), width: 1.5, fill: color('--accent-soft'), points: { size: 4 } }],
  }
}

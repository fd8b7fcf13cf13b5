import { shown } from '../table.ts'
import type { Figure, Results } from './figure.ts'
import { describe } from './describe.ts'
import { mainFigures } from './main-figures.ts'
import { median } from './statistics.ts'

/** In pixels. */
const sizes = { column: 400, gap: 32, label: 112, value: 56, bar: 14, row: 20, heading: 26 }

/** Of GitHub's two themes neither may make them unreadable: a picture does not know which it is on. */
const colors = { text: '#6e7781', other: '#8c959f', own: '#8250df' }

/** Bars of the figures that matter most, in two columns. */
export function toChart(results: Results): string {
  const panels = mainFigures(results)
  const pairs = panels.flatMap((panel, index) =>
    index % 2 === 0 ? [[panel, panels[index + 1]].filter((one) => one !== undefined)] : [],
  )
  let top = 0
  const drawn = pairs.flatMap((pair) => {
    const y = top
    top += Math.max(...pair.map(heightOf))
    return pair.map((panel, column) =>
      moved(column * (sizes.column + sizes.gap), y, drawPanel(panel)),
    )
  })
  const width = 2 * sizes.column + sizes.gap
  const lines = describe(results)
  const footer = lines.map((line, index) => `<text y="${(index + 1) * 16}">${escaped(line)}</text>`)
  const height = top + lines.length * 16 + 8
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="system-ui, sans-serif" font-size="12" fill="${colors.text}" role="img">`,
    `<title>Volley beside its peers</title>`,
    ...drawn,
    moved(0, top, footer.join('\n')),
    '</svg>\n',
  ].join('\n')
}

function heightOf({ passes }: Figure): number {
  return sizes.heading + Object.keys(passes).length * sizes.row + sizes.gap / 2
}

/** The best is first. */
function drawPanel({ title, unit, better, passes }: Figure): string {
  const bars = Object.entries(passes)
    .map(([name, values]) => ({ name, value: median(values) }))
    .toSorted((a, b) => (better === 'more' ? b.value - a.value : a.value - b.value))
  const most = Math.max(...bars.map(({ value }) => value))
  const side = better === 'more' ? 'longer is better' : 'shorter is better'
  const heading = `<text y="14"><tspan font-weight="600">${escaped(title)}</tspan>, ${escaped(unit)} (${side})</text>`
  return [heading, ...bars.map((bar, index) => drawBar({ ...bar, index, most }))].join('\n')
}

type Bar = { name: string; value: number; index: number; most: number }

function drawBar({ name, value, index, most }: Bar): string {
  const isOwn = name.startsWith('Volley')
  const y = sizes.heading + index * sizes.row
  const room = sizes.column - sizes.label - sizes.value
  const length = Math.max(1, Math.round((value / most) * room))
  const base = y + sizes.bar - 3
  const weight = isOwn ? ' font-weight="600"' : ''
  return [
    `<text x="${sizes.label - 8}" y="${base}" text-anchor="end"${weight}>${escaped(name)}</text>`,
    `<rect x="${sizes.label}" y="${y}" width="${length}" height="${sizes.bar}" rx="2" fill="${isOwn ? colors.own : colors.other}"/>`,
    `<text x="${sizes.label + length + 6}" y="${base}"${weight}>${shown(value)}</text>`,
  ].join('\n')
}

function moved(x: number, y: number, drawn: string): string {
  return `<g transform="translate(${x} ${y})">\n${drawn}\n</g>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

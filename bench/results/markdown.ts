import { shown, tableOf } from '../table.ts'
import { judge } from './aims.ts'
import { describe } from './describe.ts'
import { parts, type Figure, type Part, type Results } from './figure.ts'
import { median, medianRatio } from './statistics.ts'

const headings = {
  throughput: 'As many as it can, ten connections',
  regions: 'Tracked regions, ten connections',
  latency: 'At 80 % of that',
  browser: 'In Chromium',
  startup: 'What a developer waits for',
  growth: 'Growth, one connection',
} satisfies Record<Part, string>

/** Of these, `Volley ÷` is shown too. */
const compared = ['Next.js', 'bare Flight', 'TanStack Start', 'busy loop']

/** The page that a reader sees: what was run, the aims, and a table for each part. */
export function toMarkdown(results: Results): string {
  return (
    [
      '# Measured by `npm run bench`',
      describe(results).join('.\n') + '.',
      'Medians of interleaved passes; a quotient is the median of those of the single passes. On a ' +
        'machine that does other things meanwhile, believe quotients and processor times only.',
      '## Aims',
      tableOf(['aim', 'measured', 'by processor time', 'reached'], aimRows(results)),
      ...parts.flatMap((part) => sectionOf(part, results)),
    ].join('\n\n') + '\n'
  )
}

/** The table of one part. */
export function toTable(figures: readonly Figure[]): string {
  const targets = [...new Set(figures.flatMap(({ passes }) => Object.keys(passes)))]
  const others = compared.filter((name) => targets.includes(name))
  const columns = ['figure', '', ...targets, ...others.map((name) => `Volley ÷ ${name}`)]
  const rows = figures.map((figure) => [
    figure.title,
    figure.unit,
    ...targets.map((name) => valueOf(figure, name)),
    ...others.map((name) => ratioOf(figure, name)),
  ])
  return tableOf(columns, rows)
}

function sectionOf(part: Part, { parts: measured }: Results): string[] {
  const section = measured[part]
  if (!section) return []
  return [`## ${headings[part]}`, `On ${section.at}.`, toTable(section.figures)]
}

function aimRows(results: Results): string[][] {
  return judge(results).map(({ text, measured, byProcessor, isReached }) => [
    text,
    measured === undefined ? '–' : shown(measured),
    byProcessor === undefined ? '–' : shown(byProcessor),
    measured === undefined ? 'not measured' : isReached ? 'yes' : '**no**',
  ])
}

function valueOf({ passes }: Figure, target: string): string {
  const values = passes[target]
  return values ? shown(median(values)) : '–'
}

function ratioOf({ passes }: Figure, other: string): string {
  const [own, others] = [passes['Volley'], passes[other]]
  return own && others ? medianRatio(own, others).toFixed(2) : '–'
}

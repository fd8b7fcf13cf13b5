import { tableOf } from '../table.ts'
import { describe } from './describe.ts'
import type { Results } from './figure.ts'
import { mainFigures } from './main-figures.ts'
import { toTable } from './markdown.ts'

const begin = '<!-- What is between these lines is made by `npm run bench`. -->'
const end = '<!-- Up to here. -->'

/** The README with what was measured in the place that is kept for it. @throws if there is none */
export function withMeasured(readme: string, results: Results): string {
  const [above, rest = ''] = readme.split(begin)
  const below = rest.split(end)[1]
  if (above === undefined || below === undefined) {
    throw new Error(`README.md must have the lines ${begin} and ${end}`)
  }
  const figures = mainFigures(results)
  const regions = results.parts.regions?.figures ?? []
  const calls = regions.filter(({ unit }) => unit === 'a second' || unit === 'bytes')
  const table = figures.length > 0 ? toTable(figures) : tableOf(['nothing was measured yet'], [])
  const lines = describe(results).join('. ')
  return [
    above + begin,
    `![${figures.map(({ title }) => title).join(', ')}](bench/results.svg)`,
    table,
    ...(calls.length > 0 ? [toTable(calls)] : []),
    `${lines}. All figures: [bench/results.md](bench/results.md).`,
    end + below,
  ].join('\n\n')
}

import { expect, test } from 'vitest'
import { judge } from '../../bench/results/aims.ts'
import { toChart } from '../../bench/results/chart.ts'
import { collect } from '../../bench/results/collect.ts'
import type { Figure, Results } from '../../bench/results/figure.ts'
import { toMarkdown, toTable } from '../../bench/results/markdown.ts'
import { withMeasured } from '../../bench/results/readme.ts'
import { median, medianRatio } from '../../bench/results/statistics.ts'

const html: Figure = {
  title: 'GET HTML',
  unit: 'a second',
  better: 'more',
  passes: { Volley: [300, 150, 320], 'Next.js': [100, 50, 80], vinext: [90, 91, 92] },
}
const processor: Figure = {
  title: 'GET HTML',
  unit: 'µs of processor',
  better: 'less',
  passes: { Volley: [1000, 2000, 3000], 'Next.js': [2000, 4000, 9000] },
}
const build: Figure = {
  title: 'build',
  unit: 's',
  better: 'less',
  passes: { Volley: [2], 'Next.js': [10] },
}
const results: Results = {
  node: 'v24.0.0',
  machine: '2 cores',
  versions: { Volley: '0.1.0', 'Next.js': '16.0.0' },
  parts: {
    throughput: { at: '2026-11-27', figures: [html, processor] },
    startup: { at: '2026-11-28', figures: [build] },
  },
}

test('a quotient is that of passes that ran next to each other', () => {
  expect(median([5, 1, 3])).toBe(3)
  expect(medianRatio([300, 150, 320], [100, 50, 80])).toBe(3)
  expect(medianRatio([4, 6], [2])).toBe(2)
})

test('passes are gathered by figure and target, in the order in which they came', () => {
  const { add, figures } = collect()
  const figure = { title: 'build', unit: 's', better: 'less' } as const
  add(figure, 'Volley', 1)
  add(figure, 'Next.js', 4)
  add(figure, 'Volley', 2)
  expect(figures()).toEqual([{ ...figure, passes: { Volley: [1, 2], 'Next.js': [4] } }])
})

test('a table has a column for each target, and for each that Volley is compared with', () => {
  expect(toTable([html, build]).split('\n')).toEqual([
    '| figure |  | Volley | Next.js | vinext | Volley ÷ Next.js |',
    '| --- | --- | --: | --: | --: | --: |',
    '| GET HTML | a second | 300 | 80 | 91 | 3.00 |',
    '| build | s | 2 | 10 | – | 0.20 |',
  ])
})

test('the page names versions, dates, every part and what was not measured', () => {
  const page = toMarkdown(results)
  expect(page).toContain('npm run bench, 2026-11-27, 2026-11-28, Node v24.0.0, 2 cores.\n')
  expect(page).toContain('Volley 0.1.0, Next.js 16.0.0.')
  expect(page).toContain('On 2026-11-28.')
  expect(page).toContain('| GET HTML, a second: Volley ≥ 3 × Next.js | 3 | 2 | yes |')
  expect(page).toContain('| build, s: Volley ≤ 0.25 × Next.js | 0.20 | – | yes |')
  expect(page).toMatch(
    /call, value only, a second: Volley ≥ 11 × Next.js \| – \| – \| not measured/,
  )
})

test('the README gets what matters most, in the place that is kept for it', () => {
  const begin = '<!-- What is between these lines is made by `npm run bench`. -->'
  const readme = withMeasured(`above\n${begin}\nold\n<!-- Up to here. -->\nbelow\n`, results)
  expect(readme).toMatch(/^above\n<!-- What .*<!-- Up to here. -->\nbelow\n$/s)
  expect(readme).toContain('| GET HTML | a second | 300 | 80 | 91 | 3.00 |')
  expect(readme).toContain('npm run bench, 2026-11-27, 2026-11-28, Node v24.0.0, 2 cores.')
  expect(readme).not.toContain('old')
  expect(() => withMeasured('no place', results)).toThrow(/README.md must have the lines/)
})

test('an aim may be a quotient of two figures of Volley itself', () => {
  const figure = (title: string, perSecond: number): Figure => ({
    title,
    unit: 'a second',
    better: 'more',
    passes: { Volley: [perSecond] },
  })
  const figures = [figure('call + one of 50 posts', 5000), figure('call + all of 50 posts', 1000)]
  const judged = judge({ ...results, parts: { regions: { at: '', figures } } })
  expect(judged.find(({ measured }) => measured !== undefined)).toEqual({
    text: 'call + one of 50 posts, a second: Volley ≥ 5 × call + all of 50 posts',
    measured: 5,
    byProcessor: undefined,
    isReached: true,
  })
})

test('an aim that is missed by a little is missed', () => {
  const slower = { ...html, passes: { ...html.passes, Volley: [299, 149, 200] } }
  const parts = { throughput: { at: '', figures: [slower] } }
  const judged = judge({ ...results, parts }).find(({ text }) => text.startsWith('GET HTML, a sec'))
  expect(judged).toMatchObject({ isReached: false, measured: 2.98 })
})

test('the chart has a bar for each target, the best one first and the longest as wide as all', () => {
  const chart = toChart(results)
  const names = [...chart.matchAll(/text-anchor="end"[^>]*>([^<]+)</g)].map(([, name]) => name)
  expect(names).toEqual(['Volley', 'vinext', 'Next.js', 'Volley', 'Next.js'])
  expect(chart).toContain('>npm run bench, 2026-11-27, 2026-11-28, Node v24.0.0, 2 cores</text>')
  const widths = [...chart.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))
  expect(widths[0]! / widths[2]!).toBeCloseTo(300 / 80, 1)
  expect(widths[3]! / widths[4]!).toBeCloseTo(0.2, 1)
})

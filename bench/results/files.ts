import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import type { Target } from '../targets/target.ts'
import { toChart } from './chart.ts'
import type { Figure, Part, Results } from './figure.ts'
import { toMarkdown } from './markdown.ts'
import { withMeasured } from './readme.ts'

const file = 'bench/results.json'

/** Keeps what a part has measured beside the other parts, and draws everything again. */
export function keep(part: Part, figures: Figure[], targets: readonly Target[]): void {
  const at = new Date().toISOString().slice(0, 10)
  const { parts, versions } = read()
  write({
    node: process.version,
    machine: `${cpus().length} cores, ${cpus()[0]?.model ?? 'an unknown processor'}`,
    versions: { ...versions, ...versionsOf(targets) },
    parts: { ...parts, [part]: { at, figures: figures.map(rounded) } },
  })
}

/** Makes the table and the chart of what was measured before. */
export function drawAgain(): void {
  write(read())
}

function read(): Pick<Results, 'parts' | 'versions'> & Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results
}

function write(results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync('bench/results.md', toMarkdown(results))
  writeFileSync('bench/results.svg', toChart(results))
  writeFileSync('README.md', withMeasured(readFileSync('README.md', 'utf8'), results))
  // They are formatted as all of the repository is.
  spawnSync('oxfmt', ['README.md', 'bench/results.md', file], { stdio: 'inherit' })
}

function versionsOf(targets: readonly Target[]): Record<string, string> {
  const versions = targets.map(({ name, folder, package: from }) => {
    const text = readFileSync(path.join(folder, 'node_modules', from, 'package.json'), 'utf8')
    const { version } = JSON.parse(text) as { version: string }
    return [name, from === 'react' ? `(React ${version})` : version] as const
  })
  return Object.fromEntries(versions)
}

/** Four digits are more than a measurement means. */
function rounded({ passes, ...figure }: Figure): Figure {
  const entries = Object.entries(passes).map(
    ([name, values]) => [name, values.map((value) => Number(value.toPrecision(4)))] as const,
  )
  return { ...figure, passes: Object.fromEntries(entries) }
}

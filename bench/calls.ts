import { measure, median, type Load, type Sample } from './measure.ts'
import { startBare, startVolley, type Target } from './servers.ts'
import { printTable } from './table.ts'

type Case = {
  name: string
  function: 'add' | 'touch'
  body: string
  /** What is wrong with the text of an answer; `null` when it is what a browser needs. */
  check: (text: string) => string | null
}

const cases: Case[] = [
  {
    name: 'value-only call',
    function: 'add',
    body: '[40,2]',
    check: (text) => (/"value":42\b/.test(text) ? null : 'has no value 42'),
  },
  {
    name: 'call + re-rendered page',
    function: 'touch',
    body: '[41]',
    check: (text) => (/"value":42\b/.test(text) ? checkPage(text) : 'has no value 42'),
  },
]

/**
 * Volley next to bare Flight on the same page. The passes are interleaved, since a machine is never
 * equally fast twice; ratios are what counts.
 */
export async function compareCalls(isQuick: boolean): Promise<void> {
  const effort = isQuick ? { passes: 3, seconds: 3 } : { passes: 5, seconds: 8 }
  const targets: Pair = [await startVolley(), await startBare()]
  for (const target of targets) {
    for (const one of cases) await verify(target, one)
  }
  // The first seconds of a process are spent on compiling it.
  for (const target of targets) {
    for (const one of cases) measure(loadOf(target, one, 2))
  }
  console.log(
    `Node ${process.version}, ${effort.passes} interleaved passes of ${effort.seconds} s, 10 connections\n`,
  )
  printTable(
    ['case', 'Volley, calls/s', 'bare, calls/s', 'ratio', 'p50 / p99, ms', 'bare, ms'],
    cases.map((one) => rowOf(one, targets, effort)),
  )
  for (const target of targets) target.stop()
}

type Pair = [volley: Target, bare: Target]

function rowOf(
  one: Case,
  [volleyTarget, bareTarget]: Pair,
  { passes, seconds }: { passes: number; seconds: number },
): (string | number)[] {
  const samples: [volley: Sample, bare: Sample][] = []
  for (let pass = 0; pass < passes; pass++) {
    samples.push([
      measure(loadOf(volleyTarget, one, seconds)),
      measure(loadOf(bareTarget, one, seconds)),
    ])
  }
  const of = (index: 0 | 1, key: keyof Sample) => median(samples.map((pair) => pair[index][key]))
  const ratio = median(samples.map(([volley, bare]) => volley.perSecond / bare.perSecond))
  const latency = (index: 0 | 1) => `${of(index, 'p50')} / ${of(index, 'p99')}`
  const rates = ([0, 1] as const).map((index) => Math.round(of(index, 'perSecond')))
  return [one.name, ...rates, ratio.toFixed(2), latency(0), latency(1)]
}

function loadOf(target: Target, one: Case, duration: number): Load {
  return {
    url: `${target.origin}/posts`,
    headers: { 'volley-call': target.idOf(one.function), 'content-type': 'text/plain' },
    body: one.body,
    seconds: duration,
  }
}

/** A fast wrong answer must not win: every case is looked at before it is timed. */
async function verify(target: Target, one: Case): Promise<void> {
  const { url, headers } = loadOf(target, one, 0)
  const response = await fetch(url, { method: 'POST', headers, body: one.body })
  const text = await response.text()
  const problem = response.ok ? one.check(text) : `has status ${response.status}`
  if (problem) throw new Error(`${target.name}, ${one.name}: the answer ${problem}:\n${text}`)
}

/** Two layouts, fifty posts, each with its own delete form, and both Client Components. */
function checkPage(text: string): string | null {
  const titles = new Set([...text.matchAll(/"Post number (\d+)"/g)].map(([, index]) => index))
  const ids = new Set([...text.matchAll(/"post-(\d+)"/g)].map(([, index]) => index))
  if (titles.size !== 50) return `has ${titles.size} posts`
  if (ids.size !== 50) return `has ${ids.size} bound ids`
  const missing = ['"html"', '"Posts"', 'Counter', 'Feedback'].find((part) => !text.includes(part))
  return missing === undefined ? null : `has no ${missing}`
}

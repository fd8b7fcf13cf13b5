import type { Part, Results } from './figure.ts'
import { median, medianRatio } from './statistics.ts'

/** What the project wants to reach. A bound is on Volley's figure, or on its quotient by another's. */
type Aim = {
  part: Part
  title: string
  unit: string
  of?: string
  by?: string
  /** Another figure of the same part, instead of another's. */
  than?: string
  bound: readonly ['≥' | '≤', number]
}

const aims: readonly Aim[] = [
  ...(
    [
      ['Next.js', 11],
      ['bare Flight', 0.9],
      ['TanStack Start', 1.4],
    ] as const
  ).map(([by, least]) => rate('call, value only', by, least)),
  rate('call + re-rendered page', 'Next.js', 2.5),
  rate('call + re-rendered page', 'bare Flight', 1),
  region('call + one of 50 posts', 'a second', ['≥', 5]),
  region('call + one of 50 posts', 'bytes', ['≤', 0.1]),
  {
    ...region('call + one of 1,000 posts', 'µs of processor', ['≤', 2]),
    than: 'call + one of 50 posts',
  },
  rate('form POST without JavaScript', 'Next.js', 2.5),
  rate('GET HTML', 'Next.js', 3),
  ...['call, value only', 'call + re-rendered page', 'GET HTML'].flatMap((title) => [
    { part: 'latency', title, unit: 'p99 ÷ p50', bound: ['≤', 4] } as const,
    // What is beyond the machine's own share is Volley's.
    { part: 'latency', title, unit: 'p99, ms', by: 'busy loop', bound: ['≤', 4] } as const,
    {
      part: 'latency',
      title,
      unit: 'p99 of the event loop’s delay, ms',
      bound: ['≤', 20],
    } as const,
  ]),
  {
    part: 'browser',
    title: 'JavaScript of a first visit',
    unit: 'kB, gzip',
    by: 'Next.js',
    bound: ['≤', 0.65],
  },
  { part: 'browser', title: 'ten calls of 100 ms from one tab', unit: 'ms', bound: ['≤', 300] },
  {
    part: 'browser',
    title: 'ten calls of 100 ms from one tab',
    unit: 'ms',
    of: 'Volley, batched',
    bound: ['≤', 150],
  },
  wait('dev to the first page, first time', 0.4),
  wait('dev to the first page, again', 0.4),
  wait('build', 0.25),
]

export type Judged = {
  text: string
  measured: number | undefined
  /** The same quotient by what the processor had to do, which other load changes least. */
  byProcessor: number | undefined
  isReached: boolean
}

/** Every aim with what was measured of it; `undefined` where nothing was. */
export function judge(results: Results): Judged[] {
  return aims.map((aim) => {
    const [sign, limit] = aim.bound
    const measured = measuredOf(aim, results)
    const isReached =
      measured !== undefined && (sign === '≥' ? measured >= limit : measured <= limit)
    const byProcessor = byProcessorOf(aim, results)
    return { text: textOf(aim), measured, byProcessor, isReached }
  })
}

function rate(title: string, by: string, least: number): Aim {
  return { part: 'throughput', title, unit: 'a second', by, bound: ['≥', least] }
}

function region(title: string, unit: string, bound: Aim['bound']): Aim {
  return { part: 'regions', title, unit, than: 'call + all of 50 posts', bound }
}

/** At the most this share of Next.js's. */
function wait(title: string, most: number): Aim {
  return { part: 'startup', title, unit: 's', by: 'Next.js', bound: ['≤', most] }
}

function textOf({ title, unit, of = 'Volley', by, than, bound: [sign, limit] }: Aim): string {
  const what = `${title}, ${unit}: ${of}`
  if (than !== undefined) return `${what} ${sign} ${limit} × ${than}`
  return by === undefined ? `${what} ${sign} ${limit}` : `${what} ${sign} ${limit} × ${by}`
}

function byProcessorOf(aim: Aim, results: Results): number | undefined {
  if (aim.part !== 'throughput') return undefined
  const quotient = measuredOf({ ...aim, unit: 'µs of processor' }, results)
  // The less, the better: the other way round than answers a second.
  return quotient && 1 / quotient
}

function measuredOf(
  { part, title, unit, of = 'Volley', by, than }: Aim,
  results: Results,
): number | undefined {
  const passesOf = (name: string) =>
    results.parts[part]?.figures.find((one) => one.title === name && one.unit === unit)?.passes
  const own = passesOf(title)?.[of]
  if (!own || (by === undefined && than === undefined)) return own && median(own)
  const others = passesOf(than ?? title)?.[by ?? of]
  return others && medianRatio(own, others)
}

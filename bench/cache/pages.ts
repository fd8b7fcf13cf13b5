import { measure, type Load } from '../measure.ts'
import { median } from '../results/statistics.ts'
import { startVolley, type Target } from '../servers.ts'
import { printTable, shown } from '../table.ts'
import { costOf, type Cost } from './cost.ts'

type Way = { name: string; prefix: string; headers: Record<string, string> }

/** As a browser fetches a page on a click: its own layout is there already. */
const navigation = {
  accept: 'text/x-component',
  'accept-encoding': 'gzip',
  'volley-mounted': encodeURIComponent('layout:/'),
}

const ways: Way[] = [
  { name: 'HTML', prefix: '', headers: { 'accept-encoding': 'identity' } },
  { name: 'HTML, gzip', prefix: '', headers: { 'accept-encoding': 'gzip' } },
  { name: 'payload of a navigation, gzip', prefix: '/-/payload', headers: navigation },
]

/** The page of 50 posts made for each visitor, and kept. */
type Pair = { rendered: Cost; kept: Cost }

const passes = 3
const seconds = 2

/** Prints the table, and gives what HTML costs that is rendered, in microseconds. */
export async function measurePages(): Promise<number> {
  const target = await startVolley()
  for (const way of ways) await verify(target, way)
  const rows: string[][] = []
  let renderedPage = Number.NaN
  for (const way of ways) {
    const pairs = compare(target, way)
    const of = (figure: (pair: Pair) => number): number => median(pairs.map(figure))
    rows.push([
      way.name,
      shown(of(({ rendered }) => rendered.perSecond)),
      shown(of(({ kept }) => kept.perSecond)),
      of(({ rendered, kept }) => kept.perSecond / rendered.perSecond).toFixed(1),
      shown(of(({ rendered }) => rendered.processor)),
      shown(of(({ kept }) => kept.processor)),
      of(({ rendered, kept }) => rendered.processor / kept.processor).toFixed(1),
    ])
    if (way.name === 'HTML, gzip') renderedPage = of(({ rendered }) => rendered.processor)
  }
  target.stop()
  console.log(`### A page of 50 posts, ${passes} interleaved passes of ${seconds} s, one core\n`)
  printTable(columns, rows)
  return renderedPage
}

const columns = [
  'answer',
  'rendered, requests/s',
  'kept, requests/s',
  'ratio',
  'rendered, µs of processor',
  'kept, µs of processor',
  'ratio',
]

/** A fast wrong answer must not win. */
async function verify(target: Target, way: Way): Promise<void> {
  const rendered = loadOf(target, way, '/posts')
  const kept = loadOf(target, way, '/kept')
  // The forms of a document have keys, different ones in each answer that is rendered.
  if (way.prefix === '' && (await textOf(rendered)) === (await textOf(rendered))) {
    throw new Error(`${rendered.url} is kept`)
  }
  if ((await textOf(kept)) !== (await textOf(kept)))
    throw new Error(`${kept.url} is rendered again`)
}

function compare(target: Target, way: Way): Pair[] {
  const rendered = loadOf(target, way, '/posts')
  const kept = loadOf(target, way, '/kept')
  for (const load of [rendered, kept]) measure({ ...load, seconds: 1 })
  return Array.from({ length: passes }, () => ({
    rendered: costOf(target, rendered),
    kept: costOf(target, kept),
  }))
}

function loadOf(target: Target, { prefix, headers }: Way, path: string): Load {
  return { url: `${target.origin}${prefix}${path}`, headers, seconds }
}

async function textOf({ url, headers }: Load): Promise<string> {
  const response = await fetch(url, { headers })
  const text = await response.text()
  const titles = new Set(text.match(/Post number \d+/g))
  const isGzip = response.headers.get('content-encoding') === 'gzip'
  const isAsked = headers['accept-encoding'] === 'gzip'
  if (response.status === 200 && titles.size === 50 && isGzip === isAsked) return text
  throw new Error(`${url}: ${response.status}, ${titles.size} posts, gzip ${isGzip}`)
}

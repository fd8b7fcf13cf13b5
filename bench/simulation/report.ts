/**
 * Invalidation with up to 1,000 instances, simulated: Volley's design beside the two usual ones.
 *
 * - All instances serve the same app behind a balancer that picks one by chance; sessions are not sticky.
 * - Requests come independently of each other (Poisson), 40 a second to each instance; in one scenario 1,000.
 * - They ask for one of 1,000 pages, the n-th with a chance in proportion to 1/n. One of 500 is a call instead, which changes a page.
 * - A page has three tags: its own, one that it shares with 19 others, and one of all. A call invalidates the first two, so 20 pages.
 * - A call writes, invalidates and is answered. Its processor time includes the page in its answer, whose own questions to Redis are not counted.
 * - At the start all pages are in Redis and in each instance's memory, and no entry is ever evicted: only invalidations make work.
 * - An instance is one core, and so is Redis; each does one thing after the other. What each thing costs is measured, see below.
 * - Between an instance and Redis are 0.5 ms of network for a round trip on average, half of it by chance (exponential), beside the measured one; one of 1,000 packets is late, by 50 ms on average (exponential), such as where one is lost.
 * - A question to the database takes 2 ms on average (exponential), and it answers with what is written at half that time.
 * - Nothing fails: what happens without Redis is tested, not simulated.
 * - The rivals are the best of their kind. Messages and polls are never lost, and keep their order; an instance knows at once what it invalidated itself; and entries carry the same numbers as Volley's, compared with the instance's own copy of the history.
 * - A poll costs Redis what a read of tags does, however much is new.
 * - A read is stale if it gives data from before a write whose call was answered before the read began. This is decided for each read by the data in it, which no cache is asked for.
 */
import { readFileSync } from 'node:fs'
import { measuredFile, readMeasured, type Measured } from '../cache/measured.ts'
import { printTable, shown } from '../table.ts'
import { createAsking } from './asking.ts'
import { createMessages } from './messages.ts'
import { createPolling } from './polling.ts'
import { simulate, type Result, type Scenario } from './simulate.ts'

const scenarios: Scenario[] = [
  { instances: 1, rate: 40 },
  { instances: 10, rate: 40 },
  { instances: 10, rate: 1000 },
  { instances: 100, rate: 40 },
  { instances: 1000, rate: 40 },
].map(({ instances, rate }) => ({
  instances,
  rate,
  requests: 300_000,
  requestsPerCall: 500,
  seed: 1,
}))

const designs = [createAsking, createMessages, createPolling]
const slots = 2 ** 18

/** Prints the assumptions, the constants, and what they lead to. */
export function reportSimulation(): void {
  const measured = readMeasured()
  console.log('## Invalidation with many instances, simulated\n')
  console.log(assumptions())
  console.log(`\nThe constants, from \`${measuredFile}\` (${measured.at}, ${measured.machine}):\n`)
  printConstants(measured)
  const rows = scenarios.flatMap((scenario) =>
    designs.map((createDesign) => {
      const result = simulate(scenario, { measured, createDesign })
      return rowOf(scenario, result)
    }),
  )
  printTable(columns, rows)
  printMemory(measured)
}

const columns = [
  'instances',
  'requests/s',
  'design',
  'round trips/read',
  'round trips/call',
  'messages/call',
  'polls/s',
  'computations/call',
  'stale reads',
  'of reads',
  'last stale read after, ms',
  'read, p50 / p99, ms',
  'load of Redis',
  'Redis is full at, requests/s',
]

function rowOf({ instances, rate, requests }: Scenario, result: Result): (string | number)[] {
  const { design, counts, stale, load } = result
  const seconds = requests / rate / instances
  const waited = counts.waited.toSorted((a, b) => a - b)
  const quantile = (share: number): string =>
    ((waited[Math.floor(waited.length * share)] ?? 0) / 1000).toFixed(1)
  return [
    shown(instances),
    shown(instances * rate),
    design,
    (counts.tripsOfReads / counts.reads).toFixed(2),
    (counts.tripsOfCalls / counts.calls).toFixed(2),
    shown(counts.messages / counts.calls),
    shown(counts.polls / seconds),
    shown(counts.computations / counts.calls),
    shown(stale.count),
    shown(counts.waited.length),
    shown(stale.longest / 1000),
    `${quantile(0.5)} / ${quantile(0.99)}`,
    `${(load * 100).toFixed(2)}%`,
    shown(Number(((instances * rate) / load).toPrecision(2))),
  ]
}

function printConstants({ instance, redis, roundTrip }: Measured): void {
  const rows = [
    ['an instance: a kept page', instance.keptPage],
    ['an instance: a page of 50 posts, rendered', instance.renderedPage],
    ['an instance: a call that invalidates', instance.call],
    ...Object.entries(redis).map(([name, time]) => [`Redis: ${name}`, time] as const),
    ['a round trip on one machine', roundTrip],
  ] as const
  printTable(
    ['what', 'µs'],
    rows.map(([name, time]) => [name, shown(time)]),
  )
}

function printMemory({ bytes }: Measured): void {
  console.log(
    `Memory for tags, however many there are: ${ofAll(bytes.slotInRedis)} in Redis. Volley keeps ` +
      `none in an instance; the other designs need ${ofAll(bytes.slotInProcess)} in each.`,
  )
}

function ofAll(bytes: number): string {
  return `at most ${slots.toLocaleString('en')} × ${shown(bytes)} bytes = ${shown((bytes * slots) / 2 ** 20)} MB`
}

/** Those at the top of this file, so that what is printed is what is written. */
function assumptions(): string {
  const text = readFileSync(import.meta.filename, 'utf8')
  const lines = text.slice(0, text.indexOf('*/')).split('\n')
  return lines.flatMap((line) => /^ \* (- .*)/.exec(line)?.[1] ?? []).join('\n')
}

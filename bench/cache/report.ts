import { cpus } from 'node:os'
import { printTable, shown } from '../table.ts'
import type { Hit } from './hits.ts'
import { measuredFile, writeMeasured } from './measured.ts'
import { measurePages } from './pages.ts'
import type { Latency, RedisCosts } from './redis-costs.ts'
import { measureRequests } from './redis-requests.ts'
import { startRedis } from './redis-server.ts'
import { measureTags } from './redis-tags.ts'
import { runScript } from './run-script.ts'

const megabyte = 1024 * 1024

/** Prints what the cache saves and costs, and writes the constants of the simulation. */
export async function reportCache(): Promise<void> {
  const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`
  console.log(`## The cache: ${machine}\n`)
  const renderedPage = await measurePages()
  reportHits()
  const slotInProcess = reportMemory()
  const server = await startRedis()
  if (!server) {
    console.log(`\nNO redis-server HERE: NOTHING WAS MEASURED WITH REDIS, ${measuredFile} STAYS\n`)
    return
  }
  const { keptPage, call } = await measureRequests(server)
  const { latency, processor } = runScript('redis-costs.ts', server.url) as RedisCosts
  printCosts({ latency, processor })
  const slotInRedis = await measureTags(server)
  server.stop()
  writeMeasured({
    at: new Date().toISOString().slice(0, 10),
    machine: `${machine}, Redis ${server.version}`,
    instance: { keptPage, renderedPage, call },
    redis: processor,
    roundTrip: latency.ping.p50,
    bytes: { slotInRedis, slotInProcess },
  })
  console.log(`The constants of the simulation are in ${measuredFile} now.`)
}

function reportHits(): void {
  const hits = runScript('hits.ts') as Hit[]
  console.log('### A hit of `cached()` in memory, with two tags\n')
  printTable(
    ['value', 'hit, µs', 'only decoding, µs', 'difference, µs'],
    hits.map(({ name, hit, decoding }) => [
      name,
      shown(hit),
      shown(decoding),
      shown(hit - decoding),
    ]),
  )
}

/** Gives the bytes of a slot in a process. */
function reportMemory(): number {
  const rows = [16, 64, 256].map((limit) => {
    const shareOf = (kind: string): string => {
      const bytes = Number(runScript('filling.ts', kind, limit * megabyte))
      return `${Math.round((bytes / limit / megabyte) * 100)}%`
    }
    return [limit, shareOf('small'), shareOf('large')]
  })
  console.log('### Heap, as a share of `maxSize`\n')
  printTable(['`maxSize`, MB', 'a million small results', '20,000 of 64 kB'], rows)
  const bytes = Number(runScript('filling.ts', 'tags', megabyte))
  console.log(`A million invalidated tags: ${shown(bytes / megabyte)} MB without Redis.\n`)
  return bytes / 2 ** 18
}

function printCosts({ latency, processor }: RedisCosts): void {
  console.log('### One process and Redis\n')
  const waits: [name: string, latency: Latency][] = [
    ['`PING`', latency.ping],
    ['a hit of `cached()`, in the process', latency.hit],
    ['an invalidation', latency.invalidation],
  ]
  printTable(
    ['what one waits for', 'p50, µs', 'p99, µs'],
    waits.map(([name, { p50, p99 }]) => [name, shown(p50), shown(p99)]),
  )
  printTable(
    ['operation', 'processor of Redis, µs', 'so it serves at most, /s'],
    Object.entries(processor).map(([name, time]) => [name, shown(time), shown(1e6 / time)]),
  )
}

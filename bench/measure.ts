import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { availableParallelism } from 'node:os'
import path from 'node:path'

/** What one pass of load has seen. */
export type Sample = { requests: number; perSecond: number; p50: number; p99: number }

/** With a body it is posted; without one it is a GET. */
export type Load = { url: string; headers: Record<string, string>; body?: string; seconds: number }

const hasTwoCores =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0

/** The command that runs `node` on one core: the server on the first, the load on the second. */
export function onCore(core: 0 | 1, args: readonly string[]): [program: string, args: string[]] {
  const node = [process.execPath, ...args]
  return hasTwoCores ? ['taskset', ['-c', String(core), ...node]] : [process.execPath, [...args]]
}

/** Ten connections send the same request for some seconds. Throws unless every answer was a 200. */
export function measure({ url, headers, body, seconds }: Load): Sample {
  const headerArgs = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const method = body === undefined ? [] : ['-m', 'POST', '-b', body]
  const options = ['-j', '-c', '10', '-d', String(seconds), ...method]
  const [program, args] = onCore(1, [
    path.resolve('node_modules/autocannon/autocannon.js'),
    ...options,
    ...headerArgs,
    url,
  ])
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  const report = parse(result)
  if (report.non2xx > 0 || report.errors > 0 || report['2xx'] === 0) {
    throw new Error(`${url}: ${report['2xx']} good, ${report.non2xx} bad, ${report.errors} failed`)
  }
  return {
    requests: report['2xx'],
    perSecond: report['2xx'] / report.duration,
    p50: report.latency.p50,
    p99: report.latency.p99,
  }
}

type Report = {
  '2xx': number
  non2xx: number
  errors: number
  duration: number
  latency: { p50: number; p99: number }
}

function parse({ stdout, stderr }: SpawnSyncReturns<string>): Report {
  const json = stdout.slice(stdout.indexOf('{'))
  if (json === '') throw new Error(`autocannon printed no report:\n${stdout}\n${stderr}`)
  return JSON.parse(json) as Report
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

import { reportCache } from './cache/report.ts'
import { runParts } from './run-parts.ts'
import { reportSimulation } from './simulation/report.ts'

/**
 * `npm run bench`: Volley beside its peers, all parts, into `bench/results.*`.
 * `npm run bench -- --only throughput,browser`: parts of it; the others stay as they are.
 * `npm run bench -- --draw`: the table and the chart again, of what was measured before.
 * `npm run bench -- --quick`: calls of Volley, bare Flight and Next.js, on the console only.
 * `npm run bench -- --cache`: what the cache saves and costs.
 * `npm run bench -- --simulation`: invalidation with up to 1,000 instances, by those measurements.
 */
// The servers have process groups of their own, and would outlive an interrupted bench.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

if (process.argv.includes('--cache')) await reportCache()
else if (process.argv.includes('--simulation')) reportSimulation()
else await runParts(process.argv.slice(2))

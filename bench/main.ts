import { reportCache } from './cache/report.ts'
import { compareCalls } from './calls.ts'
import { reportSimulation } from './simulation/report.ts'

/**
 * `npm run bench`, or `npm run bench -- --quick`: calls beside bare Flight.
 * `npm run bench -- --cache`: what the cache saves and costs.
 * `npm run bench -- --simulation`: invalidation with up to 1,000 instances, by those measurements.
 */
if (process.argv.includes('--cache')) await reportCache()
else if (process.argv.includes('--simulation')) reportSimulation()
else await compareCalls(process.argv.includes('--quick'))

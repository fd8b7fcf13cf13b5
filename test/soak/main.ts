/** `npm run soak`, or `npm run soak -- 3600`: so many seconds, two minutes if none are given. */
import { soak } from './soak.ts'

const seconds = Number(process.argv[2] ?? 120)
const { rounds, isRunning } = await soak(seconds, 8)

for (const { requests, heapUsed, resources } of rounds) {
  const held = JSON.stringify(resources)
  process.stdout.write(`${requests} requests, ${(heapUsed / 1e6).toFixed(1)} MB of heap, ${held}\n`)
}
// The first rounds fill caches and compile what is hot.
const [settled, last] = [rounds[2]!, rounds.at(-1)!]
const growth = last.heapUsed - settled.heapUsed
const requests = rounds.slice(3).reduce((sum, round) => sum + round.requests, 0)
process.stdout.write(`${Math.round(growth / requests)} bytes of heap a request\n`)
if (!isRunning || growth > Math.max(3e6, 50 * requests)) process.exitCode = 1

/** `npm run soak`, or `npm run soak -- 3600`: so many seconds, two minutes if none are given. */
import { growthOf, soak } from './soak.ts'

const seconds = Number(process.argv[2] ?? 120)
const { rounds, isRunning } = await soak(seconds)

for (const { requests, heapUsed, resources } of rounds) {
  const held = JSON.stringify(resources)
  process.stdout.write(`${requests} requests, ${(heapUsed / 1e6).toFixed(1)} MB of heap, ${held}\n`)
}
const { bytes, requests } = growthOf(rounds)
process.stdout.write(`${Math.round(bytes / requests)} bytes of heap a request\n`)
if (!isRunning || bytes > Math.max(1e6, 50 * requests)) process.exitCode = 1

import { expect, test } from 'vitest'
import { soak } from '../soak/soak.ts'

/** In seconds. `npm run soak` takes as long as it is told to. */
const duration = 15

test('39: heap and sockets stay flat under aborts and a hostile mix', async () => {
  const { rounds, isRunning, output } = await soak(duration, 6)
  expect(isRunning, output.slice(-2_000)).toBe(true)
  expect(output).not.toContain('a promise that nobody awaits')
  expect(output).not.toContain('canary-in-a-captured-variable')
  // The first rounds fill caches and compile what is hot.
  const [settled, last] = [rounds[2]!, rounds.at(-1)!]
  const requests = rounds.slice(3).reduce((sum, round) => sum + round.requests, 0)
  expect(requests).toBeGreaterThan(500)
  expect(last.heapUsed - settled.heapUsed).toBeLessThan(3e6)
  expect(last.resources['TCPSocketWrap'] ?? 0).toBeLessThanOrEqual(1)
  expect(last.resources['Timeout'] ?? 0).toBeLessThanOrEqual(
    (settled.resources['Timeout'] ?? 0) + 5,
  )
})

import { expect, test } from 'vitest'
import { growthOf, soak } from '../soak/soak.ts'

/** In seconds. `npm run soak` takes as long as it is told to. */
const duration = 16

test('39: heap and sockets stay flat under aborts and a hostile mix', async () => {
  const { rounds, isRunning, output } = await soak(duration)
  expect(isRunning, output.slice(-2_000)).toBe(true)
  expect(output).not.toContain('a promise that nobody awaits')
  expect(output).not.toContain('canary-in-a-captured-variable')
  const { bytes, requests } = growthOf(rounds)
  expect(requests).toBeGreaterThan(300)
  expect(bytes).toBeLessThan(1e6)
  const held = rounds.map(({ resources }) => resources['TCPSocketWrap'] ?? 0)
  // The request that asks has a socket, too.
  expect(Math.max(...held)).toBeLessThanOrEqual(1)
})

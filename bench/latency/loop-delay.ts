import { monitorEventLoopDelay } from 'node:perf_hooks'

/** In milliseconds: how often the monitor looks. Its delays include it. */
const resolution = 2

/**
 * Loaded by a server before its own code: on SIGUSR2 it prints how late the event loop was, by the
 * 99th percentile in milliseconds since the last time.
 */
const delay = monitorEventLoopDelay({ resolution })
delay.enable()
process.on('SIGUSR2', () => {
  const late = Math.max(0, delay.percentile(99) / 1e6 - resolution)
  process.stdout.write(`\nevent loop delay: ${late.toFixed(2)} ms\n`)
  delay.reset()
})

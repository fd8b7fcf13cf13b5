import path from 'node:path'
import type { Server } from '../targets/server.ts'
import type { Target } from '../targets/target.ts'
import { load, type Ask } from '../throughput/passes.ts'

/**
 * What this machine adds by itself: a server that does nothing but be busy. A framework cannot have
 * shorter waits than this one has at the same rate, with answers that take as long.
 */
export const control: Target = {
  name: 'busy loop',
  package: 'react',
  folder: path.resolve('.'),
  start: (port) => ['bench/latency/busy-server.ts', `${port}`],
}

type Like = { title: string; seconds: number; rate: number; p50: number }

/** A load on the control whose answers take as long as those that were measured. */
export async function askAlike(
  server: Server,
  { title, seconds, rate, p50 }: Like,
): Promise<{ p50: number; p99: number }> {
  const ask = (milliseconds: number): Ask => ({
    server,
    target: control.name,
    title,
    steps: [{ method: 'GET', path: `/${milliseconds}`, headers: {} }],
    bodyBytes: 2,
  })
  const { p50: least } = await load(ask(0), { seconds: seconds / 2, rate })
  return load(ask(Math.max(0, p50 - least)), { seconds, rate })
}

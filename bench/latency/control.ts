import path from 'node:path'
import type { Sample } from '../load/generate.ts'
import type { Server } from '../targets/server.ts'
import type { Target } from '../targets/target.ts'
import { load, type Ask } from '../throughput/passes.ts'

/**
 * What this machine adds by itself: a server that does nothing but be busy. It can do as many answers
 * a second as the one that it is compared with, so that the same rate is the same share of it.
 */
export const control: Target = {
  name: 'busy loop',
  package: 'react',
  folder: path.resolve('.'),
  start: (port) => ['bench/latency/busy-server.ts', `${port}`],
}

type Like = { title: string; seconds: number; perSecond: number; rate: number }

/** The times of the control at a rate, when it can do `perSecond` at the most. */
export async function askAlike(
  server: Server,
  { title, seconds, perSecond, rate }: Like,
): Promise<Sample> {
  const ask = (milliseconds: number): Ask => ({
    server,
    target: control.name,
    title,
    steps: [{ method: 'GET', path: `/${milliseconds}`, headers: {} }],
    bodyBytes: 2,
  })
  const idle = await load(ask(0), { seconds: seconds / 2 })
  const busy = 1000 / perSecond - 1000 / idle.perSecond
  return load(ask(Math.max(0, busy)), { seconds, rate })
}

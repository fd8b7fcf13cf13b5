import type { Request } from '../load/request.ts'
import type { Sample } from '../load/generate.ts'
import { isMeasured, requireAnswers, runLoad } from '../measure.ts'
import type { Collected } from '../results/collect.ts'
import type { Server } from '../targets/server.ts'

export type Effort = { passes: number; seconds: number; connections?: number }

/** What a server is asked over and over, and under which names its figures are kept. */
export type Ask = {
  server: Server
  target: string
  title: string
  steps: readonly Request[]
  /** What the bodies of verified answers had together. */
  bodyBytes: number
}

const units = {
  perSecond: { unit: 'a second', better: 'more' },
  p50: { unit: 'p50, ms', better: 'less' },
  p99: { unit: 'p99, ms', better: 'less' },
  processor: { unit: 'µs of processor', better: 'less' },
  bytes: { unit: 'bytes', better: 'less' },
} as const

type Unit = keyof typeof units

/**
 * Asks all of them, one pass after the other: a machine is never equally fast twice, and so each
 * pass of one server has one of every other beside it.
 */
export async function inPasses(
  asks: readonly Ask[],
  { passes, ...pace }: Effort,
  [collected, wanted]: [Collected, readonly Unit[]],
): Promise<void> {
  for (const ask of asks) await warmUp(ask, { ...pace, seconds: 2 })
  for (let pass = 0; pass < passes; pass++) {
    for (const ask of asks) {
      const before = ask.server.processorTime()
      const sample = await load(ask, pace)
      const processor = (ask.server.processorTime() - before) / sample.requests
      const measured = { ...sample, processor }
      for (const unit of wanted) {
        collected.add({ title: ask.title, ...units[unit] }, ask.target, measured[unit])
      }
    }
  }
}

type Pace = { seconds: number; rate?: number; connections?: number }

/** The first seconds of a process are spent on compiling it, and what it refuses then is no matter. */
export async function warmUp(ask: Ask, pace: Pace): Promise<void> {
  await run(ask, pace)
}

/**
 * One pass. A busy machine may leave a server without its turn, or so late that it refuses what it
 * is asked: such a pass is done again, and said.
 */
export async function load(ask: Ask, pace: Pace): Promise<Sample> {
  for (let tries = 0; tries < 2; tries++) {
    const sample = await run(ask, pace)
    if (isMeasured(sample)) return sample
    console.log(
      `Once more: ${nameOf(ask)}: ${sample.requests} answers, ${sample.refused} times 503`,
    )
  }
  return requireAnswers(nameOf(ask), await run(ask, pace))
}

/** An answer that is clearly shorter than the verified one is a failure. */
function run(ask: Ask, pace: Pace): Promise<Sample> {
  const { server, steps, bodyBytes } = ask
  const leastBytes = bodyBytes * 0.9
  return runLoad(nameOf(ask), { port: server.port, steps, leastBytes, ...pace })
}

function nameOf({ target, title }: Ask): string {
  return `${target}, ${title}`
}

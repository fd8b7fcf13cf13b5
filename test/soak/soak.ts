import { setTimeout as pause } from 'node:timers/promises'
import { startApp, type App } from '../support/app.ts'
import type { ProcessState } from '../support/attack.ts'
import { runCli } from '../support/cli.ts'
import { keepAlive, type KeepAlive } from '../support/keep-alive.ts'
import { mixOf, type Step } from './mix.ts'

/** What the process holds after a round, when every client has gone. */
export type Round = { requests: number; heapUsed: number; resources: Record<string, number> }

export type Soak = { rounds: Round[]; isRunning: boolean; output: string }

/**
 * By how many bytes the heap has grown, and in how many requests. The first two rounds fill caches
 * and compile what is hot; of three that follow each other the smallest has the least waste in it.
 */
export function growthOf(rounds: readonly Round[]): { bytes: number; requests: number } {
  const least = (some: readonly Round[]) => Math.min(...some.map(({ heapUsed }) => heapUsed))
  const later = rounds.slice(5)
  const requests = later.reduce((sum, round) => sum + round.requests, 0)
  return { bytes: least(later.slice(-3)) - least(rounds.slice(2, 5)), requests }
}

/** How many clients ask at the same time. */
const width = 32

const roundCount = 8

/** Sends the mix for so long, in eight rounds, and measures after each of them. */
export async function soak(seconds: number): Promise<Soak> {
  const environment = { NODE_OPTIONS: '--expose-gc' }
  const app = await startApp('attack-app', 'start', { environment })
  try {
    const steps = mixOf(await idsOf(app))
    const measured: Round[] = []
    for (let i = 0; i < roundCount; i++) {
      const requests = await load(app, steps, performance.now() + (seconds * 1000) / roundCount)
      measured.push({ requests, ...(await atRest(app)) })
    }
    return { rounds: measured, isRunning: app.isRunning(), output: app.output() }
  } finally {
    await app.stop()
  }
}

async function load(app: App, steps: readonly Step[], end: number): Promise<number> {
  using ask = keepAlive(app, width)
  let requests = 0
  const client = async () => {
    while (performance.now() < end) await send(ask, steps[requests++ % steps.length]!)
  }
  await Promise.all(Array.from({ length: width }, client))
  return requests
}

async function send(ask: KeepAlive, { target, asked }: Step): Promise<void> {
  try {
    await ask(target, asked)
  } catch {
    // A body that is refused in the middle may end its connection.
  }
}

/** Waits until the server has noticed that every client is gone. */
async function atRest(app: App): Promise<Omit<Round, 'requests'>> {
  const headers = { connection: 'close' }
  for (let tries = 0; ; tries++) {
    const answer = await app.fetch('/resources', { headers })
    const resources = (await answer.json()) as Record<string, number>
    const isQuiet = (resources['TCPSocketWrap'] ?? 0) <= 1
    if (isQuiet || tries === 100) {
      // Each collection frees what the finalizers of the one before have let go.
      await app.fetch('/state', { headers })
      const state = (await (await app.fetch('/state', { headers })).json()) as ProcessState
      return { heapUsed: state.heapUsed, resources }
    }
    await pause(100)
  }
}

async function idsOf(app: App): Promise<Record<string, string>> {
  const command = runCli(['functions', app.root, '--json'])
  await command.exited
  const functions = JSON.parse(command.stdout()) as { name: string; id: string }[]
  return Object.fromEntries(functions.map(({ name, id }) => [name, id]))
}

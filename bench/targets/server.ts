import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { onCore } from '../measure.ts'
import { send } from '../load/send.ts'
import { processorTime } from '../processor-time.ts'
import { freePort } from './free-port.ts'
import { createMemory, type Memory } from './memory.ts'
import type { Target } from './target.ts'

export type Server<target extends Target = Target> = {
  target: target
  port: number
  origin: string
  /** From the start of the process to its first good answer, in seconds. */
  startTime: number
  /** What the server has worked so far, in microseconds. */
  processorTime: () => number
  memory: Memory
  /** Asks the process by a signal, and gives the line that it prints then. */
  ask: (signal: NodeJS.Signals, line: RegExp) => Promise<string>
  stop: () => Promise<void>
}

type Mode = 'start' | 'dev'

/** Options of `node` for every server of a part. */
type Options = { mode?: Mode; nodeOptions?: string[] }

const path = '/posts'

/** Starts a server for production on the first core, or `dev` wherever there is time for it. */
export async function startServer<target extends Target>(
  target: target,
  { mode = 'start', nodeOptions = [] }: Options = {},
): Promise<Server<target>> {
  const port = await freePort()
  const start = performance.now()
  const [program, args] = commandOf(target, { mode, nodeOptions, port })
  // A group of its own: some servers are several processes.
  const child = spawn(program, args, {
    cwd: target.folder,
    detached: true,
    env: environmentOf(mode),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pid = child.pid ?? Number.NaN
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (signal: NodeJS.Signals) => signalGroup(pid, signal)
  const endNow = () => end('SIGKILL')
  process.once('exit', endNow)
  const server: Server<target> = {
    target,
    port,
    origin: `http://localhost:${port}`,
    startTime: 0,
    processorTime: () => processorTime(pid),
    memory: createMemory(pid),
    async ask(signal, line) {
      printed = ''
      process.kill(pid, signal)
      for (let tries = 0; tries < 2000; tries++) {
        const found = line.exec(printed)
        if (found) return found[0]
        await setTimeout(5)
      }
      throw new Error(`${target.name} does not answer to ${signal}:\n${printed}`)
    },
    async stop() {
      end('SIGTERM')
      await Promise.race([exited, setTimeout(3000)])
      endNow()
      process.off('exit', endNow)
    },
  }
  const isThere = await untilAnswered(port, () => child.exitCode !== null)
  if (!isThere) {
    endNow()
    throw new Error(`${target.name} gives no ${path}:\n${printed}`)
  }
  return { ...server, startTime: (performance.now() - start) / 1000 }
}

function commandOf(
  target: Target,
  { mode, nodeOptions, port }: Required<Options> & { port: number },
): [program: string, args: string[]] {
  if (mode === 'start') return onCore(0, [...nodeOptions, ...target.start(port)])
  return [process.execPath, [...nodeOptions, ...(target.app?.dev(port) ?? [])]]
}

function environmentOf(mode: Mode): NodeJS.ProcessEnv {
  const NODE_ENV = mode === 'start' ? 'production' : undefined
  return { ...process.env, NODE_ENV, NEXT_TELEMETRY_DISABLED: '1', VOLLEY_SECRET: 'bench' }
}

async function untilAnswered(port: number, hasEnded: () => boolean): Promise<boolean> {
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline && !hasEnded()) {
    const answer = await send(port, {
      method: 'GET',
      path,
      headers: { accept: 'text/html' },
    }).catch(
      // Nothing listens yet.
      () => undefined,
    )
    if (answer?.status === 200) return true
    await setTimeout(5)
  }
  return false
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // All of its processes have ended.
  }
}

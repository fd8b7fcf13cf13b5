import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Redis } from 'ioredis'
import { describe, onTestFinished } from 'vitest'
import { connectRedis } from '../../src/store/redis-connection.ts'
import { freePort } from './free-port.ts'

const program = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
if (!program) process.stderr.write('\nNO redis-server HERE: THE TESTS WITH REDIS ARE SKIPPED\n\n')

/** For tests that need a Redis: skipped where there is none to start. */
export function describeRedis(name: string, tests: () => void): void {
  describe.skipIf(!program)(name, tests)
}

export type RedisServer = {
  port: number
  /** Ends it at once, as a crash does. */
  kill: () => Promise<void>
  /** Starts it again, with what was in it when it was last told to `SAVE`, or empty. */
  restart: (data: 'saved' | 'none') => Promise<void>
}

/** A Redis of its own on a free port, which ends with the test. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const directory = mkdtempSync(path.join(tmpdir(), 'volley-redis-'))
  let server = await run(port, directory)
  onTestFinished(async () => {
    await end(server)
    rmSync(directory, { recursive: true })
  })
  return {
    port,
    kill: () => end(server),
    async restart(data) {
      await end(server)
      if (data === 'none') rmSync(path.join(directory, 'dump.rdb'), { force: true })
      server = await run(port, directory)
    },
  }
}

/** As the server connects to it; the connection ends with the test. */
export async function connectTo(port: number): Promise<Redis> {
  const redis = await connectRedis(`redis://127.0.0.1:${port}`)
  onTestFinished(() => redis.disconnect())
  return redis
}

async function run(port: number, directory: string): Promise<ChildProcess> {
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', '']
  const server = spawn(program!, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  const kill = (): void => void server.kill('SIGKILL')
  process.once('exit', kill)
  server.once('exit', () => process.off('exit', kill))
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`${program} has ended with ${code}`)))
    server.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve()
    })
  })
  return server
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => {
    server.once('exit', resolve)
  })
  server.kill('SIGKILL')
  await ended
}

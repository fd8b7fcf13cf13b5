import { spawn, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Redis } from 'ioredis'
import { connectRedis } from '../../src/store/redis-connection.ts'
import { freePort } from '../targets/free-port.ts'

export type RedisServer = { url: string; redis: Redis; version: string; stop: () => void }

/** A real Redis on a free port, with a connection to it; `null` where there is no `redis-server`. */
export async function startRedis(): Promise<RedisServer | null> {
  const program = ['redis-server', 'valkey-server'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  )
  if (!program) return null
  const port = await freePort()
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', tmpdir(), '--save', '']
  const server = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => server.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`${program} has ended with ${code}`)))
    server.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve()
    })
  })
  const url = `redis://127.0.0.1:${port}`
  const redis = await connectRedis(url)
  return {
    url,
    redis,
    version: await infoOf(redis, 'server', 'redis_version'),
    stop() {
      redis.disconnect()
      server.kill('SIGKILL')
    },
  }
}

/** One field of what Redis says of itself. */
export async function infoOf(redis: Redis, section: string, field: string): Promise<string> {
  const info = await redis.info(section)
  return new RegExp(String.raw`^${field}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? ''
}

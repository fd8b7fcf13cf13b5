import { expect, test } from 'vitest'
import { connectTo, describeRedis, startRedis } from '../../test/support/redis.ts'
import { connectRedis } from './redis-connection.ts'

test.for([
  '',
  'localhost:6379',
  'http://localhost:6379',
  '//:secret@localhost',
  'redis://:secret@local host:6379',
  'redis://:se/cret@localhost:6379/0',
  'redis://:secret@localhost:6379/zero',
  'redis://:secret@localhost:port',
  'redis:///0',
])('what is no address is told without its password: %j', async (text) => {
  const failure = await connectRedis(text).catch((error: unknown) => error)
  expect(String(failure)).toContain('REDIS_URL is not the address of a Redis.')
  expect(String(failure)).not.toMatch(/secret|se\/cret/)
})

test('TLS, a user, a password and a number of a database are part of an address', async () => {
  const redis = await connectRedis('REDISS://ada:p%40ss%2Fword@127.0.0.1:1/3')
  redis.disconnect()
  const { tls, username, password, db, port } = redis.options
  expect({ tls, username, password, db, port }).toEqual({
    tls: true,
    username: 'ada',
    password: 'p@ss/word',
    db: 3,
    port: 1,
  })
})

describeRedis('with Redis', () => {
  test('the database of an address is the one that is used', async () => {
    const { port } = await startRedis()
    const redis = await connectRedis(`redis://127.0.0.1:${port}/3`)
    await redis.set('key', 'value')
    redis.disconnect()
    const other = await connectTo(port)
    expect(await other.exists('key')).toBe(0)
    await other.select(3)
    expect(await other.get('key')).toBe('value')
  })

  test('a password of an address is given, and a wrong one is as good as no Redis', async () => {
    const { port } = await startRedis()
    await (await connectTo(port)).config('SET', 'requirepass', 'a/b')
    const redis = await connectRedis(`redis://:a%2Fb@127.0.0.1:${port}`)
    expect(await redis.ping()).toBe('PONG')
    redis.disconnect()
    const wrong = await connectRedis(`redis://:b@127.0.0.1:${port}`)
    const errors: unknown[] = []
    wrong.on('error', (error) => errors.push(error))
    await expect(wrong.ping()).rejects.toThrow()
    await expect.poll(() => errors.map(String).join()).toContain('WRONGPASS')
    wrong.disconnect()
  })

  test('where a Redis has become a replica, the connection is made anew', async () => {
    const { port } = await startRedis()
    const redis = await connectTo(port)
    const direct = await connectTo(port)
    await direct.replicaof('127.0.0.1', 1)
    const closed = new Promise((resolve) => redis.once('close', resolve))
    await expect(redis.set('key', 'value')).rejects.toThrow('READONLY')
    await closed
  })
})

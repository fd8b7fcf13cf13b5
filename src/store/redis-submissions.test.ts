import { setTimeout } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { connectTo, describeRedis, startRedis } from '../../test/support/redis.ts'
import { startRedisProxy } from '../../test/support/redis-proxy.ts'
import { createRedisSubmissions } from './redis-submissions.ts'
import {
  createMemorySubmissions,
  type CallTime,
  type Done,
  type Submission,
  type Visitors,
} from './submission-store.ts'

type Outcome = { text: string }

const submission: Submission = { key: 'a key', content: 'save1 ["a"]', cookie: 'user=1' }
const inTime: CallTime = { timeout: 30_000, isOver: () => false }
const visitors: Visitors<Outcome> = {
  nameOf: (cookie) => cookie,
  nameAfter: (cookie, { text }) => (text === 'slow' ? cookie : `after ${text}`),
}

const codec = {
  encode: async ({ text }: Outcome): Promise<string> => {
    if (text === 'odd') throw new Error('It cannot be written')
    return `<${text}>`
  },
  decode: async (text: string): Promise<Outcome> => ({ text: text.slice(1, -1) }),
}

function createInstance(redis: Redis, lease = 10_000) {
  const reports: unknown[] = []
  const tracked: Promise<void>[] = []
  const store = createRedisSubmissions<Outcome>({
    redis,
    local: createMemorySubmissions<Outcome>(visitors),
    codec,
    visitors,
    report: (error) => reports.push(error),
    track: (work) => tracked.push(work),
    lease,
  })
  return { store, reports, tracked }
}

/** Two instances, and what counts the runs of both. */
async function open(lease?: number) {
  const { port } = await startRedis()
  const proxy = await startRedisProxy(port)
  const client = await connectTo(proxy.port)
  const instances = [
    createInstance(client, lease),
    createInstance(await connectTo(port), lease),
  ] as const
  let runs = 0
  const run = async (text = `run ${++runs}`): Promise<Done<Outcome>> => {
    await Promise.resolve()
    return { outcome: { text }, kept: { text }, size: text.length }
  }
  const send = (instance: 0 | 1, change: Partial<Submission> = {}) =>
    instances[instance].store.once({ ...submission, ...change }, () => run(), inTime)
  const [{ store, reports, tracked }, { store: other }] = instances
  const redis = await connectTo(port)
  return { store, other, reports, tracked, proxy, client, send, run, runs: () => runs, redis }
}

/** A run that ends when a test wants it to. */
function slowRun() {
  const { promise, resolve, reject } = Promise.withResolvers<Done<Outcome>>()
  const begun = Promise.withResolvers<void>()
  const run = (): Promise<Done<Outcome>> => {
    begun.resolve()
    return promise
  }
  const done = { outcome: { text: 'slow' }, kept: { text: 'slow' }, size: 4 }
  return { run, begun: begun.promise, end: () => resolve(done), resolve, reject }
}

describeRedis('with Redis', () => {
  test('a submission runs once for all instances', async () => {
    const { send, runs } = await open()
    const outcomes = await Promise.all([send(0), send(1), send(0), send(1)])
    outcomes.push(await send(0), await send(1))
    expect(new Set(outcomes.map(({ text }) => text))).toEqual(new Set(['run 1']))
    expect(runs()).toBe(1)
  })

  test('a record that is on its way is tracked, so that the process waits for it', async () => {
    const { send, tracked, redis } = await open()
    await send(0)
    await Promise.all(tracked)
    const [key = ''] = await redis.keys('volley:submission:*')
    expect(tracked).toHaveLength(1)
    expect(await redis.get(key)).toContain('<run 1>')
  })

  test('whoever finds it running waits for its end', async () => {
    const { store, send, runs } = await open()
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    const waiting = send(1)
    slow.end()
    expect(await running).toEqual({ text: 'slow' })
    expect(await waiting).toEqual({ text: 'slow' })
    expect(runs()).toBe(0)
  })

  test.for<Partial<Submission>>([
    { key: 'another key' },
    { content: 'save1 ["b"]' },
    { cookie: 'user=2' },
  ])('with %j it is another submission, for all instances', async (change) => {
    const { send, runs } = await open()
    await send(0)
    expect(await send(1, change)).toEqual({ text: 'run 2' })
    expect(await send(0, change)).toEqual({ text: 'run 2' })
    expect(runs()).toBe(2)
  })

  test('a visitor is the same with the cookies that the first run has set', async () => {
    const { send, runs } = await open()
    await send(0)
    expect(await send(1, { cookie: 'after run 1' })).toEqual({ text: 'run 1' })
    expect(runs()).toBe(1)
  })

  test('another visitor does not wait for a run', async () => {
    const { store, send } = await open()
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    expect(await send(1, { cookie: 'user=2' })).toEqual({ text: 'run 1' })
    slow.end()
    expect(await running).toEqual({ text: 'slow' })
    expect(await send(0)).toEqual({ text: 'slow' })
  })

  test('a run that rejects, or was broken off, may be run by another instance', async () => {
    const { store, send, redis } = await open(60)
    await expect(
      store.once(submission, () => Promise.reject(new Error('no')), inTime),
    ).rejects.toThrow('no')
    await setTimeout(50)
    expect(await redis.keys('*')).toEqual([])
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    const waiting = send(1)
    slow.resolve({ outcome: { text: 'broken off' }, kept: null, size: 0 })
    expect(await running).toEqual({ text: 'broken off' })
    expect(await waiting).toEqual({ text: 'run 1' })
    expect(await send(0)).toEqual({ text: 'run 1' })
  })

  test('a record is kept for ten minutes, and says nothing of a key', async () => {
    const { send, redis } = await open()
    await send(0)
    await send(1)
    const [name = '', ...others] = await redis.keys('*')
    expect(name).toMatch(/^volley:submission:[\w-]{43}$/)
    expect(others).toEqual([])
    expect(await redis.pttl(name)).toBeGreaterThan(595_000)
    expect(await redis.pttl(name)).toBeLessThanOrEqual(600_000)
  })

  test.for(['odd', 'x'.repeat(1024 * 1024)])(
    'what cannot be kept has run all the same',
    async (text) => {
      const { store, run, send, runs, reports } = await open()
      expect(await store.once(submission, () => run(text), inTime)).toEqual({ text })
      await expect(send(1)).rejects.toThrow('It has run once, and its result is lost.')
      expect(await send(1, { cookie: 'user=2' })).toEqual({ text: 'run 1' })
      expect(runs()).toBe(1)
      expect(reports).toHaveLength(text === 'odd' ? 1 : 0)
    },
  )

  test('a run may take longer than the lease of its claim', async () => {
    const { store, send, runs } = await open(150)
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    const waiting = send(1)
    await setTimeout(500)
    slow.end()
    expect(await running).toEqual(await waiting)
    expect(runs()).toBe(0)
  })

  test('whose time is over waits no longer for a run, and does not run it', async () => {
    const { store, other, send, run, runs } = await open()
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    let isOver = false
    const late = other.once(submission, () => run(), { timeout: 1, isOver: () => isOver })
    const refused = expect(late).rejects.toThrow('The time of this submission was over')
    const waiting = send(1)
    await setTimeout(50)
    isOver = true
    await refused
    slow.resolve({ outcome: { text: 'broken off' }, kept: null, size: 0 })
    await running
    expect(await waiting).toEqual({ text: 'run 1' })
    expect(runs()).toBe(1)
  })

  test('whose time is over when the claim is there gives it back', async () => {
    const { store, send, proxy, run, runs } = await open()
    await send(0, { key: 'the first' })
    proxy.delay(100)
    const end = performance.now() + 50
    const isOver = (): boolean => performance.now() > end
    const late = store.once(submission, () => run(), { timeout: 50, isOver })
    await expect(late).rejects.toThrow('The time of this submission was over')
    expect(runs()).toBe(1)
    const start = performance.now()
    expect(await send(1)).toEqual({ text: 'run 2' })
    expect(performance.now() - start).toBeLessThan(1000)
  })

  test('a run that hangs keeps its claim for its time and six leases more', async () => {
    const { store, send, redis, runs } = await open(60)
    const slow = slowRun()
    const start = performance.now()
    void store.once(submission, slow.run, { timeout: 200, isOver: () => false })
    await slow.begun
    expect(await send(1)).toEqual({ text: 'run 1' })
    expect(performance.now() - start).toBeGreaterThan(200 + 5 * 60)
    expect(performance.now() - start).toBeLessThan(2000)
    // What comes of it after all is not the outcome any more.
    slow.end()
    await setTimeout(50)
    const [name = ''] = await redis.keys('*')
    expect(await redis.get(name)).toContain('<run 1>')
    expect(runs()).toBe(1)
  })

  test('nobody waits until a record is there, where Redis has become silent', async () => {
    const { store, proxy, reports } = await open()
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    proxy.swallow()
    slow.end()
    const start = performance.now()
    expect(await running).toEqual({ text: 'slow' })
    expect(performance.now() - start).toBeLessThan(100)
    await setTimeout(1200)
    expect(reports).toEqual([])
  })

  test('a visitor that a run has renamed finds its record, never its claim', async () => {
    const { send, runs } = await open()
    for (let i = 1; i <= 20; i++) {
      const key = `key ${i}`
      await send(0, { key })
      expect(await send(1, { key, cookie: `after run ${i}` })).toEqual({ text: `run ${i}` })
    }
    expect(runs()).toBe(20)
  })

  test('what an instance ran that has ended in the middle is run again after the lease', async () => {
    const { store, proxy, client, redis, send, runs } = await open(300)
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    await proxy.refuse()
    const start = performance.now()
    expect(await send(1)).toEqual({ text: 'run 1' })
    expect(performance.now() - start).toBeLessThan(1000)
    expect(runs()).toBe(1)
    // If it comes back after all, it leaves what the other has done as it is.
    await proxy.back()
    await expect.poll(() => client.status).toBe('ready')
    slow.reject(new Error('late'))
    await expect(running).rejects.toThrow('late')
    const [name = ''] = await redis.keys('*')
    expect(await redis.get(name)).toContain('<run 1>')
  })

  test('a claim that Redis has lost is made again', async () => {
    const { store, send, redis, runs } = await open(150)
    const slow = slowRun()
    const running = store.once(submission, slow.run, inTime)
    await slow.begun
    await redis.flushall()
    await expect.poll(() => redis.keys('*')).toHaveLength(1)
    const waiting = send(1)
    slow.end()
    expect(await waiting).toEqual(await running)
    expect(runs()).toBe(0)
  })

  test.for(['refuse', 'swallow'] as const)(
    'without Redis (%s) each process is on its own',
    async (fault) => {
      const { send, proxy, runs, reports } = await open()
      await proxy[fault]()
      const start = performance.now()
      expect(await Promise.all([send(0), send(0)])).toEqual([{ text: 'run 1' }, { text: 'run 1' }])
      expect(await send(0)).toEqual({ text: 'run 1' })
      expect(await send(1)).toEqual({ text: 'run 2' })
      expect(performance.now() - start).toBeLessThan(2500)
      expect(runs()).toBe(2)
      expect(reports).toEqual([])
    },
  )

  test('Redis may go away while something runs, and while somebody waits', async () => {
    const { store, other, send, proxy, runs } = await open()
    const slow = slowRun()
    const running = other.once(submission, slow.run, inTime)
    await slow.begun
    const waiting = send(0)
    await setTimeout(50)
    await proxy.refuse()
    expect(await waiting).toEqual({ text: 'run 1' })
    slow.end()
    expect(await running).toEqual({ text: 'slow' })
    expect(await store.once(submission, slow.run, inTime)).toEqual({ text: 'run 1' })
    expect(runs()).toBe(1)
  })
})

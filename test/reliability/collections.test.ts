import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { functionIds } from '../support/function-ids.ts'
import { type Asked, crowd, keepAlive } from '../support/keep-alive.ts'

let app: App
let id: string

beforeAll(async () => {
  const trace = path.resolve('test/support/trace-collections.mjs')
  app = await startApp('attack-app', 'start', {
    environment: { NODE_OPTIONS: `--import ${trace}` },
  })
  const { echo = 'unknown' } = await functionIds(app.root)
  id = echo
})

afterAll(() => app.stop())

function call(headers: Record<string, string> = {}): Asked {
  const own = { 'content-type': 'text/plain', 'volley-call': id }
  return { method: 'POST', headers: { ...own, ...headers }, body: '["a value"]' }
}

const page = (): Asked => ({ headers: { cookie: 'user=somebody' } })
const keyed = (): Asked => call({ 'volley-key': randomUUID() })

/**
 * What outlives quick garbage collections is moved by them, which is what they cost, and is there
 * until the next full one: decisions/029-hidden-classes.md. `most` is in bytes for each request.
 */
test.for([
  ['a call', '/', { asked: call, most: 500 }],
  // Its value is kept for who sends it again.
  ['a call with a key', '/', { asked: keyed, most: 600 }],
  ['a page that reads cookies', '/mine', { asked: page, most: 1_500 }],
  ['a page that reads its search parameters', '/bleeding?pause=0', { asked: page, most: 3_000 }],
] as const)('little of %s is left behind when it was answered', async ([, target, sent]) => {
  const { asked, most } = sent
  using ask = keepAlive(app, 4)
  const send = async () => {
    const { status } = await ask(target, asked())
    expect(status).toBe(200)
  }
  await crowd(500, 4, send)
  const before = promoted()
  await crowd(1_500, 4, send)
  const after = promoted()
  expect(after.collections - before.collections).toBeGreaterThan(3)
  expect((after.bytes - before.bytes) / 1_500).toBeLessThan(most)
})

/** What the quick collections so far have moved to the old generation. */
function promoted(): { collections: number; bytes: number } {
  const lines = app.output().match(/ gc=s .*/g) ?? []
  const bytes = lines.map((line) => Number(/ promoted=(\d+)/.exec(line)?.[1]))
  return { collections: lines.length, bytes: bytes.reduce((sum, one) => sum + one, 0) }
}

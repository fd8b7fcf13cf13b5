import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { functionIds } from '../support/function-ids.ts'
import { type Asked, crowd, keepAlive } from '../support/keep-alive.ts'

let app: App
let call: Asked

beforeAll(async () => {
  const trace = path.resolve('test/support/trace-collections.mjs')
  app = await startApp('attack-app', 'start', {
    environment: { NODE_OPTIONS: `--import ${trace}` },
  })
  const { echo } = await functionIds(app.root)
  const headers = { 'content-type': 'text/plain', 'volley-call': echo ?? 'unknown' }
  call = { method: 'POST', headers, body: '["a value"]' }
})

afterAll(() => app.stop())

const page: Asked = { headers: { cookie: 'user=somebody' } }

/**
 * What outlives a quick garbage collection is moved, which is what such a collection costs, and is
 * there until the next full one: decisions/029-hidden-classes.md.
 */
test.for([
  ['a call', '/', () => call],
  ['a page that reads cookies', '/mine', () => page],
  ['a page that reads its search parameters', '/bleeding?pause=0', () => page],
] as const)('nothing of %s is left behind when it was answered', async ([, target, asked]) => {
  using ask = keepAlive(app, 4)
  const send = async () => {
    const { status } = await ask(target, asked())
    expect(status).toBe(200)
  }
  await crowd(500, 4, send)
  const before = moved()
  await crowd(1_500, 4, send)
  const after = moved()
  expect(after.collections - before.collections).toBeGreaterThan(3)
  expect((after.bytes - before.bytes) / 1_500).toBeLessThan(2_000)
})

/** By the quick collections so far. */
function moved(): { collections: number; bytes: number } {
  const lines = app.output().match(/ gc=s .*/g) ?? []
  const bytes = lines.map((line) => Number(/ promoted=(\d+)/.exec(line)?.[1]))
  return { collections: lines.length, bytes: bytes.reduce((sum, one) => sum + one, 0) }
}

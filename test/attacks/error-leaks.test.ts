import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { expectAlive, useTarget, type Target } from '../support/attack.ts'
import { watchLog } from '../support/log-lines.ts'

const target = useTarget()

/** What can be thrown: see `app/failing/raise.ts`. */
const kinds = [
  'error',
  'cause',
  'aggregate',
  'named',
  'object',
  'frozen',
  'digest',
  'long digest',
  'number for a digest',
  'throwing digest',
  'throwing inspection',
]

type Place = (target: Target, how: string) => Promise<{ status: number; text: string }>

const places: Record<string, Place> = {
  'a call': ({ app, ids }, how) => call(app, ids['raiseNow']!, how),
  'a promise that a call returns': ({ app, ids }, how) => call(app, ids['raiseLater']!, how),
  'an iterator that a call returns': ({ app, ids }, how) => call(app, ids['raiseInStream']!, how),
  'a form': ({ app, ids }, how) => form(app, ids['raiseInForm']!, how),
  'a page': ({ app }, how) => get(app, `/failing/${how}`),
  'a part of a page': ({ app }, how) => get(app, `/failing/${how}?where=below`),
  'a late part of a page': ({ app }, how) => get(app, `/failing/${how}?where=late`),
  'a page with a boundary': ({ app }, how) => get(app, `/failing/bounded/${how}`),
  'the head of a page': ({ app }, how) => get(app, `/failing/bounded/head-${how}`),
  'a payload': ({ app }, how) => get(app, `/-/payload/failing/${how}`),
  'a late part of a payload': ({ app }, how) => get(app, `/-/payload/failing/${how}?where=late`),
  'a route handler': ({ app }, how) => get(app, `/failing/handler/${how}`),
  'the body of a route handler': ({ app }, how) => get(app, `/failing/handler/${how}?late`),
}

test.for(Object.keys(places))(
  '23: what %s throws is seen by nobody, and once in the log, with its digest',
  async (name) => {
    const { app } = target()
    for (const how of kinds) {
      const log = watchLog(app)
      const { text } = await places[name]!(target(), encodeURIComponent(how))
      expectNoLeak(text, app, `${how} of ${name}`)
      await expect.poll(() => log.lines().length, { message: `${how} of ${name}` }).toBe(1)
      const [line] = log.lines()
      expect(line!.digest!.length).toBeLessThanOrEqual(128)
      for (const digest of digestsOf(text)) expect(digest, how).toBe(line!.digest)
      if (how === 'digest') expect(line!.digest).toBe('a-digest-of-its-own')
      if (how === 'error') expect(line!.error).toContain('canary-in-the-message-of-an-error')
    }
    await expectAlive(app)
  },
)

test.for(['text', 'nothing', 'proxy'])('23: a %s that is thrown is seen by nobody', async (how) => {
  const { app } = target()
  for (const [name, place] of Object.entries(places)) {
    // Node's own streams break on what throws whenever it is looked at.
    if (how === 'proxy' && name.startsWith('the body')) continue
    const { text } = await place(target(), how)
    expectNoLeak(text, app, name)
  }
  await expectAlive(app)
})

test.for(['text', 'nothing'])('23: a %s that is thrown is in the log once', async (how) => {
  const { app } = target()
  const log = watchLog(app)
  await get(app, `/failing/${how}`)
  await get(app, '/failing/digest')
  await expect.poll(log.text).toContain('a-digest-of-its-own')
  expect(log.lines().length).toBe(2)
})

test('23: what a component of the browser throws while it becomes HTML is a digest', async () => {
  const { app } = target()
  const log = watchLog(app)
  const { text } = await get(app, '/failing/x?where=client')
  await expect.poll(() => log.lines().length).toBe(1)
  expect(log.lines()[0]!.error).toContain('Error: broken')
  expect(text).not.toContain('Error: broken')
  expectNoLeak(text, app, 'client')
  await expectAlive(app, [text])
})

/** Neither the message nor a place: no stack, no directory, no file of the source. */
function expectNoLeak(text: string, app: App, what: string): void {
  expect(text, what).not.toMatch(/canary-in-/)
  expect(text, what).not.toContain(app.root)
  expect(text, what).not.toMatch(/\n?\s+at .*(:\d+:\d+|file:)/)
  expect(text, what).not.toMatch(/raise\.ts|node_modules|dist\/server/)
}

/** Digests as payloads have them, also inside of a string, and as React writes them for its scripts. */
function digestsOf(text: string): string[] {
  const plain = text.replaceAll('\\"', '"')
  const found = [...plain.matchAll(/"digest":"([^"]*)"|data-dgst="([^"]*)"/g)]
  return found.map(([, one, other]) => one ?? other!)
}

async function get(app: App, path: string): ReturnType<Place> {
  return answerOf(await app.fetch(path))
}

async function call(app: App, id: string, how: string): ReturnType<Place> {
  const headers = { 'volley-call': id, 'content-type': 'text/plain' }
  const body = JSON.stringify([decodeURIComponent(how)])
  return answerOf(await app.fetch('/', { method: 'POST', headers, body }))
}

async function form(app: App, id: string, how: string): ReturnType<Place> {
  const body = new URLSearchParams({ [`$ACTION_ID_${id}`]: '', how: decodeURIComponent(how) })
  return answerOf(await app.fetch('/', { method: 'POST', body }))
}

async function answerOf(answer: Response): ReturnType<Place> {
  // What has begun can only be broken off.
  const text = await answer.text().catch((error: Error) => error.message)
  return { status: answer.status, text }
}

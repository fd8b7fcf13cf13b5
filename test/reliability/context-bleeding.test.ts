import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { expectAlive, useTarget } from '../support/attack.ts'
import { keepAlive, type Asked, type Told } from '../support/keep-alive.ts'

const target = useTarget()

const users = 200

/** What each user does, all at once; every third goes away before its answer is complete. */
const calls = ['paused', 'thrown', 'moved', 'set', 'iterated', 'streamed']

type Step = { name: string; target: string; asked: Asked; shown: number }

function steps(ids: Readonly<Record<string, string>>, user: number): Step[] {
  const pause = (user % 7) * 3
  const gets = ['/bleeding', '/-/payload/bleeding', '/bleeding/stream'].map((path) => ({
    name: path,
    target: `${path}?pause=${pause}`,
    asked: {},
    shown: 3,
  }))
  const posts = calls.map((name) => ({
    name,
    target: '/bleeding?pause=2',
    asked: {
      method: 'POST',
      headers: { 'volley-call': ids[name]!, 'content-type': 'text/plain' },
      body: `[${pause}]`,
    },
    shown: name === 'iterated' || name === 'streamed' ? 3 : 1,
  }))
  return [...gets, ...posts]
}

test(`20: ${users} concurrent users with delays, throws, aborts, timers and streams stay apart`, async () => {
  const { app, ids } = target()
  using ask = keepAlive(app, users)
  const wrong: string[] = []
  const told = await Promise.all(
    Array.from({ length: users }, (_, user) => {
      const marker = `marker-${user}-`
      // Users do the same things in different orders, so that all kinds meet.
      const own = steps(ids, user)
      const turned = [...own.slice(user % own.length), ...own.slice(0, user % own.length)]
      return Promise.all(
        turned.map(async ({ name, target: path, asked, shown }, index) => {
          const leaveEarly = (user + index) % 3 === 0
          const headers = { ...asked.headers, cookie: `user=${marker}` }
          const answer = await ask(path, { ...asked, headers, leaveEarly }).catch(leftEarly)
          const markers = markersOf(answer)
          const isOwn = markers.every((one) => one === marker)
          const isWhole = leaveEarly || markers.length >= shown
          if (!isOwn || !isWhole) wrong.push(`${name} of ${marker}: ${answer.text}`)
          return markers.length
        }),
      )
    }),
  )
  expect(wrong.slice(0, 3)).toEqual([])
  expect(told.flat().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(users * 9)
  await expect.poll(async () => (await seenAfter(app)).length).toBeGreaterThan(users / 3)
  expect((await seenAfter(app)).filter(([before, after]) => before !== after)).toEqual([])
  await expectAlive(app)
})

/** Whom each `after()` saw, beside whom its request had seen. */
async function seenAfter(app: App): Promise<string[][]> {
  return (await (await app.fetch('/bleeding/seen-list')).json()) as string[][]
}

function markersOf({ text, headers }: Told): string[] {
  return (text + String(headers['set-cookie'])).match(/marker-\d+-/g) ?? []
}

/** A connection that its own client ended has said nothing. */
function leftEarly(error: Error): Told {
  return { status: 0, headers: {}, text: String(error) }
}

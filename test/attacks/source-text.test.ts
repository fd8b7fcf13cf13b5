import { registerServerReference } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { call, type CallAnswer } from '../support/call.ts'
import { capturedBy } from '../support/captured.ts'
import { roundTrip } from '../support/round-trip.ts'

const target = useTarget()

/** What stands in the source of functions: words of the language, and of the functions called. */
const source = /canary-in-|async|=>|return|note\(|inner|\$\$sealed|registerServerReference/

function expectNoSource(answer: CallAnswer): void {
  const headers = [...answer.headers].map((pair) => pair.join(': ')).join('\n')
  expect(decodeURIComponent(headers)).not.toMatch(source)
  expect(answer.text).not.toMatch(source)
}

const reference = (id: string) =>
  registerServerReference(async (...args: unknown[]) => args, id) as (
    ...args: unknown[]
  ) => Promise<unknown>

/** Functions as arguments: alone, bound, with captured values, and inside of other values. */
async function functionsSent(): Promise<Record<string, unknown>> {
  const { app, ids } = target()
  const inline = await capturedBy(app, 'secretive', '/source-text')
  const secretive = reference(ids['secretive']!)
  return {
    alone: secretive,
    bound: secretive.bind(null, 'bound'),
    'bound twice': secretive.bind(null, 'bound').bind(null, 'again'),
    'bound to itself': secretive.bind(null, secretive),
    'with captured values': reference(inline.id).bind(null, inline.sealed),
    'without its captured values': reference(inline.id),
  }
}

test('28: a server function has no text, however it is made one', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const ways = await roundTrip(app, ids['waysOfText']!, [])
  const names = ways.value as string[]
  expect(names.length).toBeGreaterThan(10)
  const functions = Object.values(await functionsSent())
  const answers: CallAnswer[] = []
  for (const way of names) {
    for (const fn of functions) answers.push(await call(app, ids['asText']!, { args: [way, fn] }))
  }
  for (const answer of answers) expectNoSource(answer)
  // The first way is `String`: what it gives is a text, and it says that there is more.
  expect(answers[0]!.text).toMatch(/function \(\) \{ \[(omitted|native) code\] \}/)
  expect(await effectsOf(app)).toBe(before + answers.length)
  await expectAlive(
    app,
    answers.map(({ text }) => text),
  )
})

test('28: nor in an error, its digest, a cookie or the target of a redirect', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const answers: CallAnswer[] = []
  for (const name of ['asError', 'asCookie', 'asTarget']) {
    for (const fn of Object.values(await functionsSent())) {
      answers.push(await call(app, ids[name]!, { args: [fn] }))
    }
  }
  for (const answer of answers) expectNoSource(answer)
  expect(await effectsOf(app)).toBe(before + answers.length)
  await expectAlive(
    app,
    answers.map(({ text }) => text),
  )
})

test('28: functions come back as references, without what is in them', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const functions = await functionsSent()
  const values = [...Object.values(functions), functions, [functions], new Map([['a', functions]])]
  const answers: CallAnswer[] = []
  for (const value of values) answers.push(await call(app, ids['echo']!, { args: [value] }))
  for (const answer of answers) {
    expect(answer.status).toBe(200)
    expectNoSource(answer)
  }
  expect(await effectsOf(app)).toBe(before + values.length)
  await expectAlive(
    app,
    answers.map(({ text }) => text),
  )
})

test('28: a page that shows its functions as texts shows nothing of them', async () => {
  const { app } = target()
  const answer = await app.fetch('/source-text')
  const html = await answer.text()
  const shown = [...html.matchAll(/<p title="([^"]*)">([^<]*)<\/p>/g)]
  expect(shown).toHaveLength(8)
  for (const [, title, text] of shown) {
    expect([title, text].join()).not.toMatch(source)
    expect(text).toMatch(/\[(omitted|native) code\]/)
  }
  await expectAlive(app, [html])
})

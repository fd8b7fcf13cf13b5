import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { effectsOf, expectAlive, stateOf, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import type { RawAnswer } from '../support/raw-request.ts'
import { referenceFields, sendCall, sendForm } from '../support/send.ts'

const target = useTarget()

/** A process of its own, which collects garbage before it tells how much memory it uses. */
let app: App
beforeAll(async () => {
  app = await startApp('attack-app', 'start', { environment: { NODE_OPTIONS: '--expose-gc' } })
})
afterAll(() => app.stop())

const megabyte = 1024 * 1024
const half = 'x'.repeat(megabyte / 2)
const reference = (id: string) => JSON.stringify({ id, bound: null })

/** Half a megabyte, each time with another id, and what each is answered. */
const bodies: Record<string, (i: number) => Promise<[RawAnswer, number, string]>> = {
  'a call of an unknown function': async (i) => [
    await sendCall(app, `gone${i}`, `["${half}"]`),
    404,
    'stale',
  ],
  'an argument with a long id': async (i) => [
    await sendCall(app, target().ids['take']!, [
      ['0', '["$h1"]'],
      ['1', reference(`${i}${half}`)],
    ]),
    400,
    'bad-request',
  ],
  'an argument with an unknown id': async (i) => [
    await sendCall(app, target().ids['take']!, [
      ['0', '["$h1","$2"]'],
      ['1', reference(`gone${i}`)],
      ['2', `"${half}"`],
    ]),
    400,
    'bad-request',
  ],
  'a form with a long id': async (i) => [
    await sendForm(app, referenceFields(reference(`${i}${half}`))),
    400,
    'bad-request',
  ],
  'a form with an unknown id': async (i) => [
    await sendForm(app, [
      [`$ACTION_ID_gone${i}`, ''],
      ['text', half],
    ]),
    404,
    'stale',
  ],
}

test('2: a thousand forged ids in bodies of half a megabyte leave no memory behind', async () => {
  const kinds = Object.values(bodies)
  const attack = async (count: number, offset: number): Promise<RawAnswer[]> => {
    const answers: RawAnswer[] = []
    for (let i = 0; i < count; i++) {
      const [answer, status, code] = await kinds[i % kinds.length]!(offset + i)
      expectRefusal(answer, status, code)
      answers.push(answer)
    }
    return answers
  }
  // What is compiled and pooled once is not what grows.
  await attack(50, 0)
  const before = await settled()
  const answers = await attack(1_000, 50)
  const grown = (await settled()) - before
  expect(grown).toBeLessThan(20 * megabyte)
  // Nor is an id remembered by the log: a refusal is a line.
  expect(app.output().length / 1_050).toBeLessThan(1_000)
  expect(await effectsOf(app)).toBe(0)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
})

/** In bytes. The heap, and what lies outside of it; the first collection may free the second. */
async function settled(): Promise<number> {
  await stateOf(app)
  const { heapUsed, external } = await stateOf(app)
  return heapUsed + external
}

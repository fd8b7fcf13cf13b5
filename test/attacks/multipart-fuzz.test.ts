import { expect, onTestFinished, test } from 'vitest'
import { expectAlive, stateOf, useTarget } from '../support/attack.ts'
import { createBodySender } from '../support/body-sender.ts'
import { createCounts, multipartCases, sendAll } from '../support/fuzz.ts'
import { longestStall } from '../support/stall.ts'

const target = useTarget()
const count = 1_500

test('11: of generated multipart bodies each is answered, and none reaches more than it may', async () => {
  const { app, ids } = target()
  const seed = Date.now() % 2 ** 31
  const before = (await stateOf(app)).effects
  const sender = createBodySender(app.port)
  onTestFinished(() => sender.close())
  const { counts, count: note } = createCounts()
  const answers: string[] = []
  await longestStall(app)
  await sendAll(sender, multipartCases(ids, { seed, count }), (one, { status, text }) => {
    note(`${one.name} ${status}`)
    answers.push(text)
  })
  const known = new Set([
    'take 200',
    'take 400',
    'form 200',
    'form 400',
    'form 404',
    'take 415',
    'form 415',
  ])
  expect(
    Object.keys(counts).filter((key) => !known.has(key)),
    `seed ${seed}`,
  ).toEqual([])
  expect(counts['form 200']).toBeGreaterThan(0)
  const after = (await stateOf(app)).effects
  expect(after).toEqual({ ...before, take: (before['take'] ?? 0) + (counts['take 200'] ?? 0) })
  expect(await longestStall(app), `seed ${seed}`).toBeLessThan(250)
  await expectAlive(app, answers)
})

import { expect, onTestFinished, test } from 'vitest'
import { expectAlive, stateOf, useTarget } from '../support/attack.ts'
import { createBodySender } from '../support/body-sender.ts'
import { createCounts, replyCases, sendAll } from '../support/fuzz.ts'
import { longestStall } from '../support/stall.ts'

const target = useTarget()
const count = 3_000

test('13: of generated replies each is decoded or refused, and only what is decoded runs', async () => {
  const { app, ids } = target()
  const seed = Date.now() % 2 ** 31
  const before = (await stateOf(app)).effects
  const sender = createBodySender(app.port)
  onTestFinished(() => sender.close())
  const { counts, count: note } = createCounts()
  const answers: string[] = []
  await longestStall(app)
  await sendAll(sender, replyCases(ids, { seed, count }), (one, { status, text }) => {
    note(`${one.name} ${status}`)
    answers.push(text)
  })
  // Only `echo` can fail: what it returns may be what no answer can carry.
  const known = new Set(['take 200', 'take 400', 'echo 200', 'echo 400', 'echo 500'])
  expect(
    Object.keys(counts).filter((key) => !known.has(key)),
    `seed ${seed}`,
  ).toEqual([])
  expect(counts['take 200']).toBeGreaterThan(100)
  const after = (await stateOf(app)).effects
  expect(after).toEqual({
    ...before,
    take: (before['take'] ?? 0) + counts['take 200']!,
    echo: (before['echo'] ?? 0) + (counts['echo 200'] ?? 0) + (counts['echo 500'] ?? 0),
  })
  expect(await longestStall(app), `seed ${seed}`).toBeLessThan(250)
  await expectAlive(app, answers)
})

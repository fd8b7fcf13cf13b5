import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'

const target = useTarget()

test('25: who claims to have the layout of a page does not get around that layout', async () => {
  const { app } = target()
  const headers = { 'volley-mounted': 'layout:%2F,layout:%2Flocked' }
  const answer = await app.fetch('/-/payload/locked', { headers })
  await expectAlive(app, [await answer.text()])
  expect(answer.status).toBe(403)
})

test.for(['/slowly-locked', '/-/payload/slowly-locked'])(
  '25: %s has nothing of a page before the layout that may forbid it is done',
  async (path) => {
    const { app } = target()
    const answer = await app.fetch(path)
    await expectAlive(app, [await answer.text()])
  },
)

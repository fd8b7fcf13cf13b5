import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { crowd, keepAlive, type Asked } from '../support/keep-alive.ts'

const target = useTarget()

/** A hundred thousand are for a machine that is quiet: `VOLLEY_ANSWERS=100000` asks for them. */
const answers = Number(process.env['VOLLEY_ANSWERS'] ?? 20_000)

test(
  `19: of ${answers} answers to concurrent users each shows its own user alone`,
  { timeout: 30 * 60_000 },
  async () => {
    const { app, ids } = target()
    const kinds: { target: string; asked: Asked; shown: number }[] = [
      { target: '/mine', asked: {}, shown: 8 },
      { target: '/-/payload/mine', asked: {}, shown: 5 },
      { target: '/mine', asked: call(ids['mine']!), shown: 1 },
      { target: '/mine', asked: call(ids['become']!), shown: 5 },
    ]
    using ask = keepAlive(app, 64)
    const wrong: string[] = []
    await crowd(answers, 64, async (index) => {
      const kind = kinds[index % kinds.length]!
      const marker = `marker-${index}-`
      const headers = { ...kind.asked.headers, cookie: `user=${marker}` }
      const { status, headers: received, text } = await ask(kind.target, { ...kind.asked, headers })
      const shown = (text + String(received['set-cookie'])).match(/marker-\d+-/g) ?? []
      const isRight = status === 200 && shown.every((one) => one === marker)
      if (!isRight || shown.length < kind.shown)
        wrong.push(`${kind.target} ${status} ${marker}: ${text}`)
    })
    expect(wrong.slice(0, 3)).toEqual([])
    await expectAlive(app)
  },
)

function call(id: string): Asked {
  return {
    method: 'POST',
    headers: { 'volley-call': id, 'content-type': 'text/plain' },
    body: '[]',
  }
}

import { expect, test } from 'vitest'
import { stateOf, expectAlive, useTarget } from '../support/attack.ts'
import { capturedBy } from '../support/captured.ts'
import { sendCall } from '../support/send.ts'

const target = useTarget()

type Answer = { status: number; text: string }

async function ask(handles: string, path = '/regions'): Promise<Answer> {
  const headers = { 'volley-regions': handles }
  const answer = await target().app.fetch(`/-/payload${path}`, { headers })
  return { status: answer.status, text: await answer.text() }
}

async function handle(): Promise<string> {
  const html = await (await target().app.fetch('/-/payload/regions')).text()
  return /"handle":"([\w-]+)"/.exec(html)![1]!
}

/** How often the page and the region have run. */
async function runs(): Promise<[page: number, region: number]> {
  const { effects } = await stateOf(target().app)
  return [effects['regions page'] ?? 0, effects['region'] ?? 0]
}

/** The page as a whole, as for a request that names no region. */
function expectWhole({ status, text }: Answer): void {
  expect(status).toBe(200)
  expect(text).toContain('"page:/regions"')
}

test('16: a handle renders its region alone, as often as it comes, and hides what it holds', async () => {
  const sealed = await handle()
  const [pages, regions] = await runs()
  for (let i = 0; i < 3; i++) {
    const { status, text } = await ask(sealed)
    expect(status).toBe(200)
    expect(text).not.toContain('"page:/regions"')
    expect(text).toContain('shown')
  }
  expect(await runs()).toEqual([pages, regions + 3])
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('canary')
  await expectAlive(target().app, [sealed])
})

test('16: a handle that was altered or cut anywhere renders nothing alone', async () => {
  const sealed = await handle()
  const [pages] = await runs()
  const altered = Array.from(sealed, (char, i) => {
    const other = char === 'A' ? 'B' : 'A'
    return sealed.slice(0, i) + other + sealed.slice(i + 1)
  })
  const cut = Array.from({ length: sealed.length - 1 }, (_, i) => sealed.slice(i + 1))
  const answers: Answer[] = []
  for (const forged of [...altered, ...cut]) answers.push(await ask(forged))
  answers.forEach(expectWhole)
  expect(await runs()).toEqual([pages + answers.length, expect.any(Number)])
  await expectAlive(
    target().app,
    answers.map(({ text }) => text),
  )
})

test('16: a handle is of one page, and what is sealed for a function is none', async () => {
  const { app } = target()
  const { id, sealed } = await capturedBy(app, 'inline')
  const own = await handle()
  expectWhole(await ask(sealed))
  const elsewhere = await ask(own, '/')
  expect(elsewhere.text).toContain('"page:/"')
  expect(elsewhere.text).not.toContain('shown')
  const answer = await sendCall(app, id, [['0', JSON.stringify([own])]])
  expect(answer.status).toBe(400)
  await expectAlive(app, [elsewhere.text, answer.body])
})

test.for([
  ['too many', (own: string) => Array.from({ length: 21 }, (_, i) => own + i).join()],
  ['too long', (own: string) => own + 'A'.repeat(8_000)],
  ['nothing', () => ''],
  ['commas', () => ',,,,'],
  ['other characters', () => '%00,"{}",../../etc/passwd'],
  ['inherited names', () => '__proto__,constructor,toString'],
] as const)('1: what is no list of handles renders the page: %s', async ([, make]) => {
  const answer = await ask(make(await handle()))
  expectWhole(answer)
  await expectAlive(target().app, [answer.text])
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAlive, stateOf, useTarget } from '../support/attack.ts'
import { formsOf, type HtmlForm } from '../support/call.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { expectText, hydrated, visit } from '../support/visit.ts'

const target = useTarget()

async function effects(name: string): Promise<number> {
  return (await stateOf(target().app)).effects[name] ?? 0
}

/** Posts of a browser without JavaScript, as they leave it. */
function postsOf(page: Page): string[] {
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  return posts
}

async function open(path: string) {
  const visitor = await visit(target().app, path, { javaScript: false })
  return { ...visitor, posts: postsOf(visitor.page) }
}

test('36: a double click on a slow form is two posts and one effect', async () => {
  const before = await effects('order tea')
  const { page, posts } = await open('/work')
  // The first click's answer is dropped by the browser: only the second one's request finishes.
  const answered = page.waitForEvent('requestfinished', (request) => request.method() === 'POST')
  // By the mouse: a click on an element waits for what it navigates to.
  const { x, y, width, height } = (await page.locator('#order button').boundingBox())!
  for (const times of [1, 2]) {
    await page.mouse.click(x + width / 2, y + height / 2)
    await expect.poll(() => posts.length).toBe(times)
  }
  await expect.poll(() => effects('order tea')).toBe(before + 1)
  await answered
  await page.waitForLoadState('load')
  expect(await effects('order tea')).toBe(before + 1)
  await expectAlive(target().app, [await page.content()])
})

test('36: a reload after a form was posted is one more post and no more effect', async () => {
  const before = await effects('order tea')
  const { page, posts } = await open('/work')
  await Promise.all([page.waitForNavigation(), page.click('#order button')])
  await page.reload()
  expect(posts.length).toBe(2)
  expect(await effects('order tea')).toBe(before + 1)
  await expectAlive(target().app)
})

test('36: back, edit and submit is a second effect', async () => {
  const before = { tea: await effects('leave tea'), milk: await effects('leave milk') }
  const { page } = await open('/work')
  await page.click('#leave button')
  await page.waitForURL('**/work/done')
  await page.goBack()
  await page.fill('#leave input[name=item]', 'milk')
  await page.click('#leave button')
  await page.waitForURL('**/work/done')
  expect(await effects('leave tea')).toBe(before.tea + 1)
  expect(await effects('leave milk')).toBe(before.milk + 1)
})

test('36: the same page submitted twice is one effect, and with another text two', async () => {
  const before = { tea: await effects('leave tea'), milk: await effects('leave milk') }
  const form = await formOf('/work', 'leave')
  const answers = [await post(form, { item: 'tea' }), await post(form, { item: 'tea' })]
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
    '/work/done',
    '/work/done',
  ])
  await post(form, { item: 'milk' })
  expect(await effects('leave tea')).toBe(before.tea + 1)
  expect(await effects('leave milk')).toBe(before.milk + 1)
})

test('36: a key that was copied into another browser replays nothing', async () => {
  const before = await effects('leave tea')
  const form = await formOf('/work', 'leave')
  await post(form, { item: 'tea' }, 'user=1')
  await post(form, { item: 'tea' }, 'user=1')
  expect(await effects('leave tea')).toBe(before + 1)
  await post(form, { item: 'tea' }, 'user=2')
  expect(await effects('leave tea')).toBe(before + 2)
})

test('36: every answer has forms with keys of their own', async () => {
  const keys = new Set<string>()
  for (let i = 0; i < 10; i++) keys.add(keyOf(await formOf('/work', 'leave')))
  expect(keys.size).toBe(10)
  expect([...keys].filter((key) => !/^[\w-]{22}$/.test(key))).toEqual([])
})

test('36: a call whose connection is cut before the answer has one effect, and its value arrives', async () => {
  const { app } = target()
  const before = await effects('increment')
  const proxy = await startFaultProxy([app.port])
  const origin = `http://localhost:${proxy.port}`
  const { page } = await visit({ ...app, origin }, '/work')
  proxy.next('cut', (request) => request.startsWith('POST '))
  await page.click('#increment')
  await expectText(page, '#results', 'incremented')
  expect(await effects('increment')).toBe(before + 1)
  await expectAlive(app)
})

test('36: a call whose answer is lost is sent once more by the page, with one effect', async () => {
  const { app } = target()
  const before = await effects('increment')
  const { page } = await visit(app, '/work', { problems: 'expected' })
  const posts = postsOf(page)
  // Not on the line, where the browser itself would send it once more.
  await page.route('**/work', async (route) => {
    if (route.request().method() !== 'POST' || posts.length > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.click('#increment')
  await expectText(page, '#results', 'incremented')
  expect(posts.length).toBe(2)
  expect(await effects('increment')).toBe(before + 1)
  await expectAlive(app)
})

test('36: six clicks are six calls', async () => {
  const before = await effects('increment')
  const { page } = await visit(target().app, '/work')
  await hydrated(page)
  for (let i = 0; i < 6; i++) await page.click('#increment')
  await expectText(page, '#results', Array.from({ length: 6 }, () => 'incremented').join())
  expect(await effects('increment')).toBe(before + 6)
})

test('36: what the browser has in its form reaches no function: neither key nor React’s fields', async () => {
  const before = await effects('order tea')
  const { page } = await visit(target().app, '/work')
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.click('#order button')
  const body = (await sent).postDataBuffer()?.toString('latin1') ?? ''
  expect(body).toContain('name="_1_item"')
  expect(body).not.toContain('$ACTION_')
  await expect.poll(() => effects('order tea')).toBe(before + 1)
})

async function formOf(path: string, id: string): Promise<HtmlForm> {
  const html = await (await target().app.fetch(path)).text()
  return formsOf(html).find((form) => form.id === id)!
}

function keyOf(form: HtmlForm): string {
  return form.fields.find(([name]) => name === '$ACTION_CALL_KEY')?.[1] ?? ''
}

function post(form: HtmlForm, values: Record<string, string>, cookie = ''): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of form.fields) body.append(name, values[name] ?? value)
  return target().app.fetch('/work', { method: 'POST', body, headers: cookie ? { cookie } : {} })
}

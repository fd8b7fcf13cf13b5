import { randomUUID } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { modes, startApp } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { closeOverlay, expectText, recordAnswers, visit } from '../support/visit.ts'

describe.for(modes)('in %s, an error thrown by a server function', (mode) => {
  const app = useApp('docs-app', mode)
  const masked = mode === 'start'

  test('rejects at the call, where the app can catch it (189)', async () => {
    const { page } = await visit(app(), '/errors')
    await page.click('#caught-fail')
    await expect.poll(() => page.textContent('#caught')).toMatch(/^caught /)
  })

  test.for(['form', 'transition'])(
    'in a %s shows the nearest error boundary (190)',
    async (way) => {
      const { page } = await visit(app(), '/errors', { problems: 'expected' })
      await page.fill('#kept-note', 'noted')
      await page.click(`#${way}`)
      await expectText(page, 'h2', 'Something went wrong!')
      expect(await page.inputValue('#kept-note')).toBe('noted')
    },
  )

  test('has its message in development, and only a digest in production (191)', async () => {
    const { page } = await visit(app(), '/errors')
    const answers = await recordAnswers(page, '**/errors')
    await page.click('#caught-fail')
    await expect.poll(() => page.textContent('#caught')).toMatch(/^caught /)
    const caught = await page.textContent('#caught')
    expect(caught).toMatch(/\| \S{1,128}$/)
    expect(caught!.includes('canary-error-message')).toBe(!masked)
    expect(answers.map((answer) => answer.includes('canary'))).toEqual([!masked])
  })

  test('is logged once, with its stack and the digest that the browser has (192)', async () => {
    const { page } = await visit(app(), '/errors')
    const before = app().output().length
    await page.click('#caught-fail')
    await expect.poll(() => page.textContent('#caught')).toMatch(/^caught /)
    const digest = /\| (\S+)$/.exec((await page.textContent('#caught'))!)![1]!
    const log = () => app().output().slice(before)
    await expect.poll(log).toContain('canary-error-message')
    expect(log().split('canary-error-message').length - 1).toBe(1)
    expect(log()).toContain(digest)
    expect(log()).toMatch(/at .*errors\/actions\.ts:\d+/)
  })

  test('is an answer of status 500 with a payload (193)', async () => {
    const { page } = await visit(app(), '/errors')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#caught-fail')
    const response = await answered
    expect(response.status()).toBe(500)
    expect(response.headers()['content-type']).toMatch(/^text\/x-component/)
  })

  test('can be tried again after the boundary was reset (195)', async () => {
    const { page } = await visit(app(), '/errors', { problems: 'expected' })
    await page.click('#form')
    await expectText(page, 'h2', 'Something went wrong!')
    await closeOverlay(page)
    await page.click('#reset')
    await expectText(page, 'h1', 'Errors')
    await page.click('#form')
    await expectText(page, 'h2', 'Something went wrong!')
  })

  test('keeps the digest that the app gave it (198)', async () => {
    const { page } = await visit(app(), '/errors')
    await page.click('#caught-digest')
    await expect.poll(() => page.textContent('#caught')).toMatch(/\| own-digest$/)
  })

  test('may be no Error at all (197)', async () => {
    const { page } = await visit(app(), '/errors')
    await page.click('#caught-text')
    await expect.poll(() => page.textContent('#caught')).toMatch(/^caught .* \| \S+$/)
    expect((await page.textContent('#caught'))!.includes('canary')).toBe(!masked)
  })

  test('is not what a returned one is, which arrives as data (196)', async () => {
    const { page } = await visit(app(), '/errors')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#returned')
    await expectText(page, '#caught', 'returned {"error":"an expected problem"}')
    expect((await answered).status()).toBe(200)
  })

  test('in a promise that nobody waits for does not end the server (201)', async () => {
    const { page } = await visit(app(), '/errors')
    await page.click('#left')
    await expectText(page, '#caught', 'returned "left"')
    await expect.poll(() => app().output()).toContain('canary-left-rejection')
    expect((await app().fetch('/errors')).status).toBe(200)
  })

  const intermediaries = [
    [429, 'text/plain', 'Slow down', 'caught Slow down | undefined'],
    [502, 'text/html', '<h1>Bad Gateway', /^caught .* got 502 text\/html/],
    [200, 'text/html', '<h1>Sign in', /^caught .* got 200 text\/html/],
  ] as const
  test.for(intermediaries)(
    'may come from something before the server, with status %i and %s (102, 103)',
    async ([status, contentType, body, caught]) => {
      const { page } = await visit(app(), '/errors')
      await page.route('**/errors', (route) => route.fulfill({ status, contentType, body }))
      await page.click('#returned')
      await expect.poll(() => page.textContent('#caught')).toMatch(caught)
    },
  )

  test('is not the same as a failed connection, which rejects as well (194)', async () => {
    const { page, context } = await visit(app(), '/errors')
    await context.setOffline(true)
    await page.click('#returned')
    await expect.poll(() => page.textContent('#caught')).toMatch(/^caught /)
    await context.setOffline(false)
    await page.click('#returned')
    await expectText(page, '#caught', 'returned {"error":"an expected problem"}')
  })

  test('is what its caller gets when the server dies before or amid its answer (203)', async () => {
    const own = mode === 'dev' ? { copy: 'docs-app-killed' } : {}
    const dying = await startApp('docs-app', mode, own)
    onTestFinished(async () => void (await dying.stop()))
    const gate = randomUUID()
    const { page } = await visit(dying, `/errors?gate=${gate}`, { problems: 'expected' })
    await page.click('#caught-held')
    await page.click('#read-endless')
    await expectText(page, '#read', 'reading 1')
    const waiting = async () => (await dying.fetch(`/gate?name=${gate}`)).text()
    await expect.poll(waiting).toBe('1')
    process.kill(dying.pid, 'SIGKILL')
    await expect.poll(() => page.textContent('#read')).toMatch(/^broken off: \w*Error/)
    await expect.poll(() => page.textContent('#caught')).toMatch(/^caught .* check what it did/)
  })
})

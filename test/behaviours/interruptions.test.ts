import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

const statuses = { 'not-found': 404, forbidden: 403, unauthorized: 401 }
const kinds = Object.entries(statuses).map(([kind, status]) => ({ kind, status }))

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test.for(kinds)(
    '$kind in a form’s function shows the nearest boundary with status $status (133, 135, 136)',
    async ({ kind, status }) => {
      const { page, documents } = await visit(app(), '/interrupt')
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.click(`#${kind}`)
      await expectText(page, '#boundary', `${kind} boundary`)
      const response = await answered
      expect(response.status()).toBe(status)
      expect(response.headers()['content-type']).toMatch(/^text\/x-component/)
      expect(documents).toHaveLength(1)
      const robots = page.locator('meta[name=robots]')
      await expect.poll(() => robots.getAttribute('content')).toContain('noindex')
    },
  )

  test.for(kinds)(
    '$kind without JavaScript is a document of status $status with that boundary (133, 284)',
    async ({ kind, status }) => {
      const { page } = await visit(app(), '/interrupt', { javaScript: false })
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.click(`#${kind}`)
      expect((await answered).status()).toBe(status)
      await expectText(page, '#boundary', `${kind} boundary`)
      expect(await page.getAttribute('meta[name=robots]', 'content')).toContain('noindex')
    },
  )

  test.for(kinds)(
    '$kind is answered by the files of a directory above, where its own has none (137)',
    async ({ kind }) => {
      const { page } = await visit(app(), '/interrupt/below')
      await page.click(`#${kind}`)
      await expectText(page, '#boundary', `${kind} boundary`)
    },
  )

  const texts = {
    'not-found': '404 This page could not be found.',
    forbidden: '403 Forbidden',
    unauthorized: '401 Unauthorized',
  }
  const unbounded = Object.entries(texts).flatMap(([kind, text]) =>
    [true, false].map((javaScript) => ({ kind, text, javaScript })),
  )
  test.for(unbounded)(
    '$kind without any file is "$text" in the root layout; JavaScript: $javaScript (137)',
    async ({ kind, text, javaScript }) => {
      const { page } = await visit(app(), '/unbounded', { javaScript })
      await page.click(`#${kind}`)
      await expectText(page, 'main h1', text)
      expect(await page.locator('#kept-note').count()).toBe(1)
    },
  )

  test('notFound() awaited in an event handler rejects and leaves the page alone (134)', async () => {
    const { page } = await visit(app(), '/interrupt')
    await page.click('#awaited')
    await expect.poll(() => page.textContent('#caught')).not.toBe('')
    expect(await page.locator('#boundary').count()).toBe(0)
  })

  test('an interruption is no error in the log (138)', async () => {
    const before = app().output().length
    const { page } = await visit(app(), '/interrupt', { javaScript: false })
    await page.click('#forbidden')
    expect(app().output().slice(before)).not.toMatch(/ControlFlowError|\bat .*actions/)
  })

  test.for(['not-found', 'forbidden'])(
    'the %s of a missing cookie gives way to the content when a call sets it, and comes back (289)',
    async (kind) => {
      const { page, documents } = await visit(app(), `/curtain/${kind}`)
      await page.fill('#kept-note', 'noted')
      await expectText(page, '#boundary', `${kind} boundary`)
      await page.click('#open')
      await expectText(page, '#stage', 'Stage')
      expect(await page.locator('#boundary').count()).toBe(0)
      await page.click('#close')
      await expectText(page, '#boundary', `${kind} boundary`)
      expect(await page.inputValue('#kept-note')).toBe('noted')
      expect(new URL(page.url()).pathname).toBe(`/curtain/${kind}`)
      expect(documents).toHaveLength(1)
    },
  )
})

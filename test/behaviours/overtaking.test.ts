import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit, type Visit } from '../support/visit.ts'

describe.for(modes)('in %s, with a call running', (mode) => {
  const app = useApp('docs-app', mode)

  test.for(['hold', 'hold-plainly', 'revalidate'])(
    'a link shows the other page at once: %s (205)',
    async (button) => {
      const { page, gate } = await start(app(), button)
      await page.click('#to-other')
      await expectText(page, '#page', 'other')
      expect(new URL(page.url()).pathname).toBe('/running/other')
      expect(await page.textContent('#result')).toBe('')
      await open(app(), gate)
      await expect.poll(() => page.textContent('#result')).not.toBe('')
    },
  )

  test('the Back button works at once (206)', async () => {
    const { page, gate } = await start(app(), 'hold', async (visitor) => {
      await visitor.page.click('#to-other')
      await expectText(visitor.page, '#page', 'other')
    })
    await page.goBack()
    await expectText(page, '#page', 'first')
    expect(await page.textContent('#result')).toBe('')
    await open(app(), gate)
    await expectText(page, '#result', 'held')
  })

  test('an overtaken call settles, and its tree does not replace the new page (207)', async () => {
    const { page, gate } = await start(app(), 'revalidate')
    await page.click('#to-other')
    await expectText(page, '#page', 'other')
    await open(app(), gate)
    await expectText(page, '#result', 'revalidated')
    await expectText(page, '#pending', 'idle')
    expect(await page.textContent('#page')).toBe('other')
    expect(new URL(page.url()).pathname).toBe('/running/other')
  })

  test('an overtaken call that fails rejects all the same (207)', async () => {
    const { page, gate } = await start(app(), 'fail')
    await page.click('#to-other')
    await expectText(page, '#page', 'other')
    await open(app(), gate)
    await expectText(page, '#result', 'rejected true')
    await expectText(page, '#pending', 'idle')
  })

  test('overtaken without invalidation, it causes no refresh (208)', async () => {
    const { page, gate, during } = await start(app(), 'hold')
    await page.click('#to-other')
    await expectText(page, '#page', 'other')
    const requests = await during(async () => {
      await open(app(), gate)
      await expectText(page, '#result', 'held')
    })
    expect(requests).toEqual([])
  })

  test.for(['revalidate', 'revalidate-plainly'])(
    'overtaken with invalidation, the new page is refreshed once: %s (209)',
    async (button) => {
      const { page, gate, during } = await start(app(), button)
      await page.click('#to-other')
      await expectText(page, '#page', 'other')
      const version = Number(await page.textContent('#version'))
      const requests = await during(async () => {
        await open(app(), gate)
        await expectText(page, '#version', String(version + 1))
      })
      expect(requests).toHaveLength(1)
      expect(requests[0]).toMatch(/^GET \/-\/payload\/running\/other/)
      expect(await page.textContent('#page')).toBe('other')
    },
  )

  test.for([
    ['revalidate', 'revalidated (210)'],
    ['fail', 'rejected true (212)'],
  ] as const)(
    'an answer that comes while a navigation is under way does not undo it: %s, %s',
    async ([button, name]) => {
      const { page, gate } = await start(app(), button)
      await page.click('#push-slow')
      await waiting(app(), `slow-${gate}`)
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await open(app(), gate)
      await answered
      expect(await page.textContent('#page')).toBe('first')
      await open(app(), `slow-${gate}`)
      await expectText(page, '#page', 'slow')
      await expectText(page, '#result', name.replace(/ \(\d+\)$/, ''))
      expect(new URL(page.url()).pathname).toBe('/running/slow')
      await expectText(page, '#pending', 'idle')
    },
  )

  test('a call made while a navigation is under way runs at once, beside it (211)', async () => {
    const gate = randomUUID()
    const { page } = await visit(app(), `/running?gate=${gate}`)
    await page.click('#push-slow')
    await waiting(app(), `slow-${gate}`)
    await page.click('#hold')
    await waiting(app(), gate)
    await open(app(), gate)
    await expectText(page, '#result', 'held')
    expect(await page.textContent('#page')).toBe('first')
    await open(app(), `slow-${gate}`)
    await expectText(page, '#page', 'slow')
  })

  test('a navigation and a call in one transition, started twice, both end (213)', async () => {
    const { page, gate } = await start(app(), 'push-and-hold')
    await page.click('#push-and-hold')
    await waiting(app(), gate, 2)
    await expectText(page, '#page', 'other')
    await open(app(), gate)
    await expectText(page, '#result', 'held')
    await expectText(page, '#pending', 'idle')
    expect(new URL(page.url()).pathname).toBe('/running/other')
  })

  test('a redirect of an overtaken call is followed (215)', async () => {
    const { page, gate } = await start(app(), 'redirect')
    await page.click('#to-other')
    await expectText(page, '#page', 'other')
    await open(app(), gate)
    await expectText(page, '#page', 'third')
    expect(new URL(page.url()).pathname).toBe('/running/third')
  })

  test('a visitor who leaves harms nobody, and is no error in the log (89)', async () => {
    const { page, gate } = await start(app(), 'revalidate')
    const before = app().output().length
    const other = await visit(app(), '/running')
    const version = Number(await other.page.textContent('#version'))
    await page.close()
    await open(app(), gate)
    await expect
      .poll(async () => (await app().fetch('/running')).text())
      .toContain(`<p id="version">${version + 1}</p>`)
    expect(app().output().slice(before)).not.toMatch(/error|abort|reset|\bat .*\d/i)
  })

  test('a call made on one page and fired on another brings its result (214)', async () => {
    const gate = randomUUID()
    const { page } = await visit(app(), `/running?gate=${gate}`)
    await page.click('#to-other')
    await expectText(page, '#page', 'other')
    await page.click('#revalidate')
    await open(app(), gate)
    await expectText(page, '#result', 'revalidated')
    expect(await page.textContent('#page')).toBe('other')
  })
})

type Started = Visit & { gate: string }

/** A page whose call waits at its gate on the server. */
async function start(
  app: App,
  button: string,
  before?: (visitor: Visit) => Promise<void>,
): Promise<Started> {
  const gate = randomUUID()
  const visitor = await visit(app, `/running?gate=${gate}`)
  await before?.(visitor)
  await visitor.page.click(`#${button}`)
  await waiting(app, gate)
  return { ...visitor, gate }
}

/** Waits until so many requests are at a gate. */
async function waiting(app: App, gate: string, count = 1): Promise<void> {
  const seen = async () => (await app.fetch(`/gate?name=${gate}`)).text()
  await expect.poll(seen).toBe(String(count))
}

async function open(app: App, gate: string): Promise<void> {
  await app.fetch(`/gate?name=${gate}`, { method: 'POST' })
}

import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, recordAnswers, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test('a cookie that a function sets has Path=/ and can be read back at once (155)', async () => {
    const { page } = await visit(app(), '/theme')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#read-back')
    await expectText(page, '#text', 'written false true')
    const setCookies = await (await answered).headerValues('set-cookie')
    expect(setCookies.flatMap((line) => line.split('\n'))).toContainEqual(
      expect.stringMatching(/^second=2; Path=\/$/i),
    )
  })

  test('every option of a cookie is sent, also of one given as an object (159)', async () => {
    const lines = await setAll(app())
    expect(lines).toContain(
      'every=a; Path=/theme; Domain=localhost; Expires=Tue, 02 Oct 2096 07:06:40 GMT; Max-Age=60; ' +
        'Secure; HttpOnly; SameSite=None; Partitioned; Priority=High',
    )
    expect(lines).toContain('object=b; Path=/; HttpOnly; SameSite=Lax')
  })

  test('each cookie is a header, and of one set twice the last counts (160)', async () => {
    const lines = await setAll(app())
    expect(lines.map((line) => line.split('=')[0])).toEqual(['every', 'object', 'twice'])
    expect(lines).toContain('twice=last; Path=/; Max-Age=60')
  })

  test('a cookie set to the value that it has renders the page anew all the same (163)', async () => {
    const { page, context } = await visit(app(), '/theme')
    await context.addCookies([{ name: 'theme', value: 'dark', url: app().origin }])
    const answers = await recordAnswers(page, '**/theme')
    await page.click('#dark')
    await expectText(page, '#theme', 'dark')
    expect(answers).toEqual([expect.stringContaining('page:/theme')])
  })

  test('after a set and after a delete the page shows the new cookie (156, 158)', async () => {
    const { page, context, during } = await visit(app(), '/theme')
    const requests = await during(async () => {
      await page.click('#dark')
      await expectText(page, '#theme', 'dark')
      await page.click('#light')
      await expectText(page, '#theme', 'light')
      await page.click('#clear')
      await expectText(page, '#theme', 'none')
    })
    expect(requests).toEqual(['POST /theme', 'POST /theme', 'POST /theme'])
    expect((await context.cookies()).filter(({ name }) => name === 'theme')).toEqual([])
  })

  test('the layout above shows the new cookie too (98, 156)', async () => {
    const { page } = await visit(app(), '/theme')
    await page.click('#dark')
    await page.waitForSelector('section[data-theme=dark]')
  })

  test('pages visited before show the new cookie, by link and by Back (157)', async () => {
    const { page, documents } = await visit(app(), '/theme')
    await page.click('a[href="/theme/other"]')
    await expectText(page, '#other-theme', 'none')
    await page.click('a[href="/theme"]')
    await expectText(page, '#theme', 'none')
    await page.click('#dark')
    await expectText(page, '#theme', 'dark')
    await page.goBack()
    await expectText(page, '#other-theme', 'dark')
    await page.click('a[href="/theme"]')
    await expectText(page, '#theme', 'dark')
    expect(documents).toHaveLength(1)
  })

  test('deleting sends an expired cookie (158)', async () => {
    const { page } = await visit(app(), '/theme')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#clear')
    const header = (await (await answered).allHeaders())['set-cookie']
    expect(header).toMatch(/^theme=; Path=\/; (Expires=Thu, 01 Jan 1970|Max-Age=0)/i)
  })

  test('a render cannot set a cookie, and says where one can (161)', async () => {
    const response = await app().fetch('/cookie-in-render?try=now')
    expect(await response.text()).toMatch(
      /Server Action|server function|Route Handler|route handler/,
    )
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test('nor can the render after a call, through a store that the function kept (161)', async () => {
    const { page, context } = await visit(app(), '/cookie-in-render?try=kept')
    await page.click('#leak')
    await expect.poll(() => page.textContent('#result')).toMatch(/cookie/i)
    expect(await page.textContent('#result')).not.toBe('was set')
    expect(await context.cookies()).toEqual([])
  })

  test('functions and pages read the headers and cookies of their request (85, 162)', async () => {
    const { page, context } = await visit(app(), '/request', { headers: { 'x-visitor': 'Ada' } })
    expect(await page.textContent('#agent')).toBe('Ada')
    await page.click('#ask')
    await expectText(page, '#answer', 'Ada')
    await context.addCookies([{ name: 'session', value: 'a%20b', url: app().origin }])
    await page.click('#ask-cookie')
    await expectText(page, '#answer', 'a b')
  })
})

/** The `Set-Cookie` headers of the form that sets all kinds of cookies. */
async function setAll(app: App): Promise<string[]> {
  const { page } = await visit(app, '/theme')
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.click('#all')
  const lines = await (await answered).headerValues('set-cookie')
  return lines.flatMap((line) => line.split('\n'))
}

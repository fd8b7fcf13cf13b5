import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

const cookieName = '__prerender_bypass'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  async function shown(page: Page): Promise<(string | null)[]> {
    const ids = ['draft', 'cached', 'directive', ...(mode === 'start' ? ['page'] : [])]
    return Promise.all(ids.map((id) => page.textContent(`#${id}`)))
  }

  test('a function enables and disables it, and its answer shows that (164)', async () => {
    const { page, context, documents } = await visit(app(), '/draft')
    const published = await shown(page)
    expect(published[0]).toBe('false')
    await page.click('#enable')
    await expectText(page, '#draft', 'true')
    const [cookie] = await context.cookies()
    const site = mode === 'start' ? { secure: true, sameSite: 'None' } : { sameSite: 'Lax' }
    expect(cookie).toMatchObject({ name: cookieName, httpOnly: true, expires: -1, ...site })
    expect(cookie!.value).toMatch(/^[\w-]{43}$/)
    await page.click('#disable')
    await expectText(page, '#draft', 'false')
    expect(await context.cookies()).toEqual([])
    expect(documents).toHaveLength(1)
  })

  test('nothing that is kept is used for its visitor, and nothing kept of it', async () => {
    const { page: other } = await visit(app(), '/draft')
    const published = await shown(other)
    const { page } = await visit(app(), '/draft/handler')
    await expectText(page, '#draft', 'true')
    const first = await shown(page)
    expect(first[2]).toMatch(/^draft /)
    await page.reload()
    const second = await shown(page)
    for (const i of first.keys()) if (i > 0) expect(second[i]).not.toBe(first[i])
    await other.reload()
    expect(await shown(other)).toEqual(published)
  })

  test('a cookie that the app did not set enables nothing', async () => {
    const forged = ['', '1', 'x'.repeat(43)]
    for (const value of forged) {
      const headers = { cookie: `${cookieName}=${value}` }
      const text = await (await app().fetch('/draft', { headers })).text()
      expect(text).toContain('<p id="draft">false</p>')
    }
  })

  test('a render cannot enable it', async () => {
    const response = await app().fetch('/draft/in-render')
    expect(await response.text()).toMatch(/draftMode\(\)\.enable\(\) was called while rendering/)
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

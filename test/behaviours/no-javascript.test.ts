import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, holdScripts, hydrated, visit } from '../support/visit.ts'

describe.for(modes)('in %s, without JavaScript', (mode) => {
  const app = useApp('docs-app', mode)
  const open = (target: string) => visit(app(), target, { javaScript: false })

  test('a form submits and the page shows the new data (88, 139)', async () => {
    const { page } = await open('/posts')
    const title = `written without JavaScript in ${mode}`
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.fill('#create input[name=title]', title)
    await page.click('#create button')
    const response = await answered
    expect(response.status()).toBe(200)
    expect(new URL(response.url()).pathname).toBe('/posts')
    const { 'content-type': type } = await response.request().allHeaders()
    expect(type).toMatch(/^multipart\/form-data/)
    await page.waitForSelector(`li[data-title="${title}"]`)
    expect(response.headers()['cache-control']).toContain('no-store')
  })

  test('a second and a third submission work as the first did (147)', async () => {
    const { page } = await open('/posts')
    for (const title of [`one ${mode}`, `two ${mode}`, `three ${mode}`]) {
      await page.fill('#create input[name=title]', title)
      await page.click('#create button')
      await page.waitForSelector(`li[data-title="${title}"]`)
    }
  })

  test('a reload submits once more, and the server knows that submission (152)', async () => {
    const { page, documents } = await open('/posts')
    const title = `reloaded ${mode}`
    await page.fill('#create input[name=title]', title)
    await page.click('#create button')
    await page.waitForSelector(`li[data-title="${title}"]`)
    expect((await page.reload())!.status()).toBe(200)
    expect(documents).toEqual(['GET /posts', 'POST /posts', 'POST /posts'])
    expect(await page.locator(`li[data-title="${title}"]`).count()).toBe(1)
  })

  test('every part of a page is visible: nothing waits for a script (139)', async () => {
    const { page } = await open('/posts')
    expect(await page.locator('[hidden]').count()).toBe(0)
    expect(await page.locator('#create input[name=title]').isVisible()).toBe(true)
  })

  test('a function that a Client Component imported is submittable (140)', async () => {
    const { page } = await open('/signup')
    await page.fill('#first input[name=email]', 'nonsense')
    await page.click('#first button')
    await expectText(page, '#first p', 'Please enter a valid email, not nonsense')
  })

  test('bound arguments travel in hidden fields (141)', async () => {
    const { page } = await open('/posts')
    const title = `to be deleted ${mode}`
    await page.fill('#create input[name=title]', title)
    await page.click('#create button')
    await page.click(`li[data-title="${title}"] button`)
    await page.waitForSelector(`li[data-title="${title}"]`, { state: 'detached' })
  })

  test('useActionState shows the new state in the right form, again and again (142)', async () => {
    const { page } = await open('/signup')
    for (const attempt of ['1', '2', '3']) {
      await page.fill('#second input[name=email]', 'ada@example.com')
      await page.click('#second button')
      await expectText(page, '#second p', 'Welcome ada@example.com')
      await expectText(page, '#second output', attempt)
      await expectText(page, '#first output', '0')
    }
  })

  test('a permalink gets the submission and its form the new state (144)', async () => {
    const { page } = await open('/permalink')
    await page.click('button:has-text("Vote")')
    await expectText(page, 'h1', 'Result')
    expect(new URL(page.url()).pathname).toBe('/permalink/result')
    await expectText(page, 'output', '5')
  })

  test.for([
    ['there', 'result', 4],
    ['passed', 'start', 16],
  ] as const)(
    'a function bound while its form, #%s, was rendered gets the submission, on the page %s (45)',
    async ([form, place, value]) => {
      const { page } = await open('/permalink/bound/start')
      for (const sum of [value, value * 2]) {
        const answered = page.waitForResponse((response) => response.request().method() === 'POST')
        await page.click(`#${form} button`)
        expect((await answered).status()).toBe(200)
        await expectText(page, `#${form} output`, String(sum))
        await expectText(page, 'h1', place)
      }
    },
  )

  test('a form of the same function gets no state that is not its own (145)', async () => {
    const { page } = await open('/permalink/bound/start')
    await page.click('#beside button')
    await expectText(page, '#beside output', '3')
    await expectText(page, '#here output', '0')
    // There its function has one more bound argument.
    await page.click('#elsewhere button')
    await expectText(page, 'h1', 'otherwise')
    await expectText(page, '#elsewhere output', '0')
    await page.click('#elsewhere button')
    await expectText(page, '#elsewhere output', '6')
  })

  test('a cookie that the function set is in the answer and in its page (146)', async () => {
    const { page, context } = await open('/theme')
    await page.click('#dark')
    await expectText(page, '#theme', 'dark')
    expect(await context.cookies()).toMatchObject([{ name: 'theme', value: 'dark', path: '/' }])
    await page.click('#clear')
    await expectText(page, '#theme', 'none')
    expect(await context.cookies()).toEqual([])
  })

  test('buttons with formAction work (148)', async () => {
    const { page } = await open('/form-action')
    await page.fill('input[name=text]', `without ${mode}`)
    await page.click('#draft')
    await expectText(page, '#entries li:last-child', `drafted without ${mode}`)
  })

  test('a thrown error is a document of status 500 without its message in production (150)', async () => {
    const { page } = await open('/errors')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#form')
    const response = await answered
    expect(response.status()).toBe(500)
    expect(response.headers()['content-type']).toMatch(/^text\/html/)
    if (mode === 'start') expect(await response.text()).not.toContain('canary')
  })

  test('a submission to a URL with a query keeps the query for the render (154)', async () => {
    const { page } = await open('/protocol?name=kept')
    await page.click('#submit button')
    await expectText(page, '#name', 'kept')
    expect(new URL(page.url()).search).toBe('?name=kept')
  })
})

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test('hydration after a native submission keeps the new state (143)', async () => {
    const { page, context } = await visit(app(), '/signup', { early: true })
    const release = await holdScripts(context)
    await page.goto('/signup', { waitUntil: 'commit' })
    await page.fill('#first input[name=email]', 'ada@example.com')
    const posted = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.evaluate(() => document.querySelector<HTMLFormElement>('#first')!.submit())
    expect((await posted).headers()['content-type']).toMatch(/^text\/html/)
    await expectText(page, '#first p', 'Welcome ada@example.com')
    await release()
    await hydrated(page)
    await expectText(page, '#first p', 'Welcome ada@example.com')
    await expectText(page, '#first output', '1')
  })

  test('a submission before hydration is not lost (149)', async () => {
    const { page, context, requests } = await visit(app(), '/signup', { early: true })
    const release = await holdScripts(context)
    await page.goto('/signup', { waitUntil: 'commit' })
    await page.fill('#first input[name=email]', 'early@example.com')
    await page.click('#first button', { noWaitAfter: true })
    await release()
    await expectText(page, '#first p', 'Welcome early@example.com')
    expect(requests.filter((line) => line.startsWith('POST'))).toEqual(['POST /signup'])
  })
})

describe.for(modes)('in %s, a document that is sandboxed', (mode) => {
  const trusting = useApp('calls-app', mode)
  const other = useApp('guard-app', mode)

  test('may submit where the origin null is allowed (153)', async () => {
    const { page } = await visit(trusting(), '/', { problems: 'expected' })
    await sandbox(page)
    await page.goto('/versions')
    const version = Number(await page.textContent('#version'))
    const posted = page.waitForRequest((request) => request.method() === 'POST')
    await page.click('#submit')
    expect((await (await posted).allHeaders())['origin']).toBe('null')
    await expectText(page, '#version', String(version + 1))
  })

  test('may not submit elsewhere (153, 227)', async () => {
    const { page } = await visit(other(), '/', { problems: 'expected' })
    await sandbox(page)
    await page.goto('/')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#submit button')
    const response = await answered
    expect([response.status(), await response.text()]).toEqual([403, 'volley: cross-site'])
  })
})

/** Documents from now on have no scripts, and forms of the origin `null`. */
async function sandbox(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const isDocument = route.request().resourceType() === 'document'
    if (!isDocument || route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    const headers = { ...response.headers(), 'content-security-policy': 'sandbox allow-forms' }
    return route.fulfill({ response, headers })
  })
}

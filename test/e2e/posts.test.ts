import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, hydrated, visit } from '../support/visit.ts'

/** The smallest PNG there is: one transparent pixel. */
const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const cases = modes.flatMap((mode) => [true, false].map((javaScript) => ({ mode, javaScript })))

describe.for(cases)('examples/posts in $mode, JavaScript: $javaScript', ({ mode, javaScript }) => {
  const app = useApp('posts', mode)

  test('a visitor signs in, writes a post with an image, comments, deletes both', async () => {
    const { page } = await signIn(app(), javaScript)
    const title = `A post of ${randomUUID()}`
    await write(page, title)
    await expectText(page, 'h1', title)
    expect(new URL(page.url()).pathname).toMatch(/^\/posts\/\d+$/)
    const source = await page.getAttribute('article img', 'src')
    const shown = await app().fetch(source!)
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await shown.arrayBuffer()).equals(image)).toBe(true)

    await page.fill('textarea[name=text]', 'Well said.')
    await page.click('.comments > form button')
    await expectText(page, '.comment p', 'Well said.')
    await page.click('.comment form button')
    await expectText(page, '.comments .quiet', 'Nobody has said anything yet.')

    await page.click('button:has-text("Delete post")')
    await expectText(page, 'h1', 'Thoughts worth a page')
    expect(await page.locator(`text=${title}`).count()).toBe(0)
  })

  test('a failed submission says what is wrong and keeps what was typed', async () => {
    const { page } = await signIn(app(), javaScript)
    await page.goto('/posts/new')
    if (javaScript) await hydrated(page)
    await page.fill('input[name=title]', 'Short')
    await page.fill('textarea[name=body]', 'Too short')
    await page.click('button:has-text("Publish")')
    await expectText(page, '#body-note', 'Write a little more: at least twenty letters.')
    expect(await page.inputValue('input[name=title]')).toBe('Short')
    expect(await page.inputValue('textarea[name=body]')).toBe('Too short')
  })

  test('a like is shown, counted once, and taken back', async () => {
    const { page } = await signIn(app(), javaScript)
    await write(page, `Likeable ${randomUUID()}`)
    await expect.poll(() => page.locator('.like').count()).toBe(1)
    if (javaScript) await hydrated(page)
    // The click counts before the server has answered: a reload would overtake it.
    const saved = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('.like')
    await expectText(page, '.like', '♥ 1')
    await saved
    await page.reload()
    await expectText(page, '.like', '♥ 1')
    if (javaScript) await hydrated(page)
    await page.click('.like')
    await expectText(page, '.like', '♡ 0')
  })

  test('the theme is a cookie, which the whole page shows at once', async () => {
    const { page } = await visit(app(), '/', { javaScript })
    await page.click('button[aria-label="Theme: dark"]')
    await page.waitForSelector('html[data-theme=dark]')
    await page.reload()
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark')
  })

  test('who is not signed in is led to the sign-in page, and back', async () => {
    const { page } = await visit(app(), '/posts/new', { javaScript })
    await expectText(page, 'h1', 'Sign in')
    await submitName(page)
    await expectText(page, 'h1', 'New post')
  })

  test('the search is a navigation', async () => {
    const { page } = await visit(app(), '/', { javaScript })
    await page.fill('input[name=q]', 'nothing says this')
    await page.press('input[name=q]', 'Enter')
    await expectText(page, '.quiet', 'No post says “nothing says this”.')
    expect(new URL(page.url()).searchParams.get('q')).toBe('nothing says this')
  })
})

describe.for(modes)('examples/posts in %s', (mode) => {
  const app = useApp('posts', mode)

  test('a view is counted when a post is shown, without rendering the page', async () => {
    const { page } = await visit(app(), '/')
    await page.click('.card a')
    const views = async () =>
      Number.parseInt((await page.textContent('.meta span:has-text("views")'))!, 10)
    await expect.poll(views).toBeGreaterThan(0)
    const before = await views()
    await page.reload()
    await expect.poll(views).toBe(before + 1)
  })
})

async function signIn(app: App, javaScript: boolean) {
  const visitor = await visit(app, '/sign-in', { javaScript })
  await submitName(visitor.page)
  await expectText(visitor.page, 'h1', 'Thoughts worth a page')
  return visitor
}

async function submitName(page: Page): Promise<void> {
  await page.fill('input[name=name]', `Ada ${randomUUID().slice(0, 8)}`)
  await page.fill('input[name=password]', 'correct horse')
  await page.click('main form button')
}

async function write(page: Page, title: string): Promise<void> {
  await page.click('a:has-text("Write")')
  await page.fill('input[name=title]', title)
  await page.fill('textarea[name=body]', 'A text that has at least twenty letters.')
  await page.setInputFiles('input[name=image]', {
    name: 'dot.png',
    mimeType: 'image/png',
    buffer: image,
  })
  await page.click('button:has-text("Publish")')
}

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit, type Visit } from '../support/visit.ts'

type Counts = Record<string, number>

/** How often the server has rendered each part that is on the screen. */
function counts(page: Page): Promise<Counts> {
  return page.evaluate(() => {
    const numberIn = (selector: string, root: ParentNode = document): number =>
      Number(/\d+(?= renders|$)/.exec(root.querySelector(selector)?.textContent ?? '')?.[0])
    const posts = [...document.querySelectorAll('[data-post]')].flatMap((post) => {
      const id = post.getAttribute('data-post')
      return [
        [`card ${id}`, numberIn('small', post)],
        [`note ${id}`, numberIn('i', post)],
      ]
    })
    const rest = ['chrome', 'page', 'total'].map((id) => [id, numberIn(`#${id}`)])
    return Object.fromEntries([...rest, ...posts]) as Counts
  })
}

/** What was rendered again between two looks, and is shown. */
async function renderedBy(visitor: Visit, act: () => Promise<unknown>) {
  const before = await counts(visitor.page)
  const requests = await visitor.during(act)
  const after = await counts(visitor.page)
  const rendered = Object.keys(after).filter((name) => after[name] !== before[name])
  return { rendered, requests: requests.map((line) => line.replace(/\?.*/, '')) }
}

const card = (id: number): string => `[data-post="${id}"]`

async function likesOf({ page }: Visit, id: number): Promise<number> {
  return Number(await page.textContent(`${card(id)} output`))
}

describe.for(modes)('in %s, a tracked region', (mode) => {
  const app = useApp('regions-app', mode)

  test('is rendered alone in the answer of a call that comes from it', async () => {
    const visitor = await visit(app(), '/posts')
    const { page } = visitor
    await page.fill(`${card(1)} input[name=note]`, 'a note')
    const note = () => page.click(`${card(1)} .note button`)
    const { rendered, requests } = await renderedBy(visitor, note)
    await expectText(page, `${card(1)} q`, 'a note')
    expect(rendered).toEqual(['note 1'])
    expect(requests).toEqual(['POST /posts'])
  })

  test('keeps what the browser has in it, and its others follow by one request', async () => {
    const visitor = await visit(app(), '/posts')
    const { page } = visitor
    const likes = await likesOf(visitor, 0)
    await page.fill(`${card(0)} textarea`, 'a draft')
    const like = () => page.click(`${card(0)} button >> nth=0`)
    const { rendered, requests } = await renderedBy(visitor, like)
    // The card brings its note, and the total is in the layout.
    expect(rendered).toEqual(['total', 'card 0', 'note 0'])
    expect(requests).toEqual(['POST /posts', 'GET /-/payload/posts'])
    expect(await likesOf(visitor, 0)).toBe(likes + 1)
    expect(await page.inputValue(`${card(0)} textarea`)).toBe('a draft')
    // And again: what came alone is a region like the first.
    expect((await renderedBy(visitor, like)).rendered).toEqual(['total', 'card 0', 'note 0'])
    expect(await likesOf(visitor, 0)).toBe(likes + 2)
    expect(await page.inputValue(`${card(0)} textarea`)).toBe('a draft')
  })

  test('is fetched by itself where the call comes from elsewhere', async () => {
    const visitor = await visit(app(), '/posts')
    const likes = await likesOf(visitor, 2)
    const { rendered, requests } = await renderedBy(visitor, () => visitor.page.click('#like'))
    expect(rendered).toEqual(['total', 'card 2', 'note 2'])
    expect(requests).toEqual(['POST /posts', 'GET /-/payload/posts'])
    expect(await likesOf(visitor, 2)).toBe(likes + 1)
    await expectText(visitor.page, '#said', String(likes + 1))
  })

  test('comes with its page where that is touched, and the layout stays', async () => {
    const visitor = await visit(app(), '/posts')
    const { page } = visitor
    const before = await page.locator('[data-post]').count()
    await page.fill('#add input[name=title]', 'A new post')
    const { rendered, requests } = await renderedBy(visitor, () => page.click('#add button'))
    expect(rendered).toEqual(expect.arrayContaining(['page', 'card 0', 'note 0', `card ${before}`]))
    expect(rendered).not.toContain('chrome')
    expect(rendered).not.toContain('total')
    expect(requests).toEqual(['POST /posts'])
    await expectText(page, `${card(before)} h2`, 'A new post')
  })

  test.for(['refresh', 'path', 'cookie'])('comes with all of the page after "%s"', async (what) => {
    const visitor = await visit(app(), '/posts')
    const { rendered, requests } = await renderedBy(visitor, () => visitor.page.click(`#${what}`))
    expect(rendered).toEqual(
      expect.arrayContaining(['chrome', 'page', 'total', 'card 0', 'note 3']),
    )
    expect(requests).toEqual(['POST /posts'])
  })

  test('stays where another tag is invalidated, and the layout has a tag of its own', async () => {
    const visitor = await visit(app(), '/posts')
    const click = (id: string) => () => visitor.page.click(id)
    expect(await renderedBy(visitor, click('#elsewhere'))).toEqual({
      rendered: [],
      requests: ['POST /posts'],
    })
    expect((await renderedBy(visitor, click('#layout'))).rendered).toEqual(['chrome', 'total'])
  })

  test('comes with a page that does not say what it depends on', async () => {
    const visitor = await visit(app(), '/plain')
    const like = () => visitor.page.click(`${card(3)} button >> nth=0`)
    const { rendered } = await renderedBy(visitor, like)
    expect(rendered).toEqual(['page', 'total', 'card 3', 'note 3'])
    const touch = () => visitor.page.click('#elsewhere')
    expect((await renderedBy(visitor, touch)).rendered).toContain('page')
  })

  test('of a layout follows to the next page', async () => {
    const visitor = await visit(app(), '/posts')
    const { page } = visitor
    await page.click('nav a[href="/posts/1"]')
    await expectText(page, 'h1', 'Post')
    const likes = await likesOf(visitor, 1)
    const total = () => page.textContent('#total')
    const before = Number.parseInt((await total()) ?? '', 10)
    for (const times of [1, 2]) {
      await visitor.during(() => page.click(`${card(1)} button >> nth=0`))
      expect(await likesOf(visitor, 1)).toBe(likes + times)
      expect(Number.parseInt((await total()) ?? '', 10)).toBe(before + times)
    }
    // What was visited has the tag, and is fetched again.
    await page.goBack()
    await expectText(page, 'h1', 'Posts')
    await expectText(page, `${card(1)} output`, String(likes + 2))
  })

  test('shows, back on its page, what it showed last', async () => {
    const visitor = await visit(app(), '/posts')
    const { page } = visitor
    await page.fill(`${card(3)} input[name=note]`, 'kept')
    await visitor.during(() => page.click(`${card(3)} .note button`))
    await expectText(page, `${card(3)} q`, 'kept')
    await page.click('nav a[href="/plain"]')
    await expectText(page, 'h1', 'Plain')
    await page.goBack()
    await expectText(page, 'h1', 'Posts')
    await expectText(page, `${card(3)} q`, 'kept')
  })

  test('is fetched when it is shown again, if it was touched meanwhile', async () => {
    const visitor = await visit(app(), '/folded')
    const { page } = visitor
    const likes = await likesOf(visitor, 2)
    const pages = await page.textContent('#page')
    await page.click('#fold')
    const calls = await visitor.during(() => page.click('#like'))
    // The total of the layout.
    expect(calls.map((line) => line.replace(/\?.*/, ''))).toEqual([
      'POST /folded',
      'GET /-/payload/folded',
    ])
    const requests = await visitor.during(() => page.click('#fold'))
    await expectText(page, `${card(2)} output`, String(likes + 1))
    expect(requests).toHaveLength(1)
    // It stays so, and is not fetched for nothing.
    expect(
      await visitor.during(async () => {
        await page.click('#fold')
        await page.click('#fold')
      }),
    ).toEqual([])
    await expectText(page, `${card(2)} output`, String(likes + 1))
    expect(await page.textContent('#page')).toBe(pages)
  })

  test('comes in the fewest requests when many are touched', async () => {
    const visitor = await visit(app(), '/posts')
    const likes = await likesOf(visitor, 3)
    const { rendered, requests } = await renderedBy(visitor, () => visitor.page.click('#all'))
    expect(rendered).toEqual(
      expect.arrayContaining(['total', 'card 0', 'card 1', 'card 2', 'card 3']),
    )
    expect(rendered).not.toContain('page')
    expect(requests).toEqual(['POST /posts', 'GET /-/payload/posts'])
    expect(await likesOf(visitor, 3)).toBe(likes + 1)
  })

  test('works without JavaScript as the rest of the page', async () => {
    const visitor = await visit(app(), '/posts', { javaScript: false })
    const likes = await likesOf(visitor, 1)
    await visitor.page.click(`${card(1)} button >> nth=0`)
    await expectText(visitor.page, `${card(1)} output`, String(likes + 1))
  })

  test('that throws is answered by the boundary of its page', async () => {
    const visitor = await visit(app(), '/posts/1', { problems: 'expected' })
    await visitor.page.click(`${card(1)} .fail`)
    await expectText(visitor.page, 'h1', 'It broke')
    expect(await visitor.page.locator('#chrome').count()).toBe(1)
  })
})

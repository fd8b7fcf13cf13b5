import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modes, startApp, type App } from '../support/app.ts'
import { formsOf } from '../support/call.ts'
import { startSourceServer, type SourceServer } from '../support/source-server.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  let app: App
  let source: SourceServer

  beforeAll(async () => {
    source = await startSourceServer()
    app = await startApp('cache-app', mode, { environment: { SOURCE_URL: source.origin } })
  })

  afterAll(async () => {
    await app.stop()
    source.close()
  })

  const names = ['posts', 'users', 'topic', 'other', 'fetched', 'uncached'] as const
  type Values = Record<(typeof names)[number], string | null>

  /** What the page shows. */
  async function values(page: Page): Promise<Values> {
    const pairs = names.map(async (name) => [name, await page.textContent(`#${name}`)] as const)
    return Object.fromEntries(await Promise.all(pairs)) as Values
  }

  /** Clicks a button of the page, and waits for what its call gives. */
  async function run(page: Page, id: string): Promise<string> {
    await page.click(`#${id}`)
    await expect.poll(() => page.textContent('#result')).toMatch(new RegExp(`^${id} `))
    return (await page.textContent('#result'))!.slice(id.length + 1)
  }

  /** Invalidates the posts, and gives what the page then shows: a result is there before its UI. */
  async function freshPosts(page: Page): Promise<string | null> {
    const before = await page.textContent('#posts')
    await run(page, 'posts-tag')
    await expect.poll(() => page.textContent('#posts')).not.toBe(before)
    return page.textContent('#posts')
  }

  /** Which values a call changes on the page that makes it, and the requests it takes. */
  async function expectChanges(id: string, expected: string[]): Promise<void> {
    const { page, during } = await visit(app, '/values')
    const before = await values(page)
    expect(await during(() => run(page, id))).toEqual(['POST /values'])
    const changed = async () => {
      const after = await values(page)
      return names.filter((name) => before[name] !== after[name])
    }
    await expect.poll(changed).toEqual(expected)
  }

  const all: string[] = [...names]

  test.for<[string[], string]>([
    [all, 'path (166)'],
    [['posts', 'uncached'], 'posts-tag (167)'],
    [['users', 'fetched', 'uncached'], 'two-tags (170)'],
    [['topic', 'uncached'], 'topic-tag (167)'],
    [all, 'everything (171)'],
    [['uncached'], 'other-path (171)'],
    [['posts', 'uncached'], 'expire (167)'],
    [[], 'max (172)'],
    [['uncached'], 'refresh (176)'],
    [[], 'nothing (271)'],
  ])('in one request changes %j on its page: %s', async ([expected, name]) => {
    await expectChanges(name.split(' ')[0]!, expected)
  })

  test('another page that uses the tag shows the same new value (168)', async () => {
    const { page, documents } = await visit(app, '/child')
    const before = await page.textContent('#posts')
    await page.click('a[href="/values"]')
    await page.waitForSelector('#users')
    await expectText(page, '#posts', before!)
    const fresh = await freshPosts(page)
    await page.click('a[href="/child"]')
    await page.waitForSelector('#frame')
    await expectText(page, '#posts', fresh!)
    expect(documents).toHaveLength(1)
  })

  test('away and back after an invalidation shows the new data, read once (169)', async () => {
    const { page } = await visit(app, '/values')
    await page.click('a[href="/child"]')
    await page.waitForSelector('#frame')
    const fresh = await freshPosts(page)
    const reads = source.reads('posts')
    for (const href of ['/values', '/child', '/values']) {
      await page.click(`a[href="${href}"]`)
      await page.waitForSelector(href === '/child' ? '#frame' : '#users')
      await expectText(page, '#posts', fresh!)
    }
    await page.goBack()
    await page.waitForSelector('#frame')
    await expectText(page, '#posts', fresh!)
    expect(source.reads('posts')).toBe(reads)
  })

  test('with a profile the stale value is served, and made again behind it (172)', async () => {
    const { page, during } = await visit(app, '/stale')
    const stale = await page.textContent('#stale')
    const uncached = await page.textContent('#uncached')
    expect(await during(() => run(page, 'max'))).toEqual(['POST /stale'])
    expect(await page.textContent('#uncached')).toBe(uncached)
    await page.reload()
    expect(await page.textContent('#stale')).toBe(stale)
    await expect.poll(() => source.reads('stale')).toBe(Number(stale!.split(' ')[1]) + 1)
    await page.reload()
    expect(await page.textContent('#stale')).not.toBe(stale)
  })

  const shownAt = async (target: string, id: string): Promise<string> => {
    const html = await (await app.fetch(target)).text()
    return new RegExp(`id="${id}">(.*?)</p>`).exec(html)?.[1]?.replaceAll('<!-- -->', '') ?? html
  }

  test('a route handler expires a tag and a path; the next visit is fresh (173)', async () => {
    const before = await shownAt('/values', 'posts')
    const users = await shownAt('/values', 'users')
    await app.fetch('/api/revalidate?tag=posts', { method: 'POST' })
    expect(await shownAt('/values', 'posts')).not.toBe(before)
    expect(await shownAt('/values', 'users')).toBe(users)
    await app.fetch('/api/revalidate?path=/values', { method: 'POST' })
    expect(await shownAt('/values', 'users')).not.toBe(users)
  })

  test.for(['update', 'refresh'])(
    '%sTag/refresh in a route handler is an error (174)',
    async (api) => {
      const response = await app.fetch(`/api/revalidate?${api}`, { method: 'POST' })
      expect(response.status).toBe(500)
      expect(app.output()).toMatch(
        new RegExp(`${api === 'update' ? 'updateTag' : api}\\(\\) was called in a route handler`),
      )
    },
  )

  test.for(['path', 'tag', 'update'])(
    'invalidating by %s while rendering is an error with the route (174, 175)',
    async (name) => {
      const text = await shownAt(`/render-error?call=${name}`, 'error')
      expect(text).toMatch(/\(\) was called while rendering \(\/render-error\)\./)
    },
  )

  test.for(['in-use-cache', 'in-unstable-cache'])(
    'invalidating in cached work is an error that names it: %s (281)',
    async (name) => {
      const text = await shownAt(`/render-error?call=${name}`, 'error')
      expect(text).toMatch(
        /^revalidate(Tag|Path)\(\) was called in cached work \(app\/render-error\//,
      )
    },
  )

  test('fetch in a function keeps nothing, unless it says so (177, 178)', async () => {
    const { page } = await visit(app, '/values')
    const distinct = async (id: string) => new Set(JSON.parse(await run(page, id)) as string[]).size
    expect(await distinct('fetch-plain')).toBe(2)
    expect(await distinct('fetch-force')).toBe(1)
    expect(await distinct('fetch-revalidate')).toBe(1)
  })

  test("React's cache() is of one rendering, and not shared with the function before it (179)", async () => {
    const { page } = await visit(app, '/once')
    const shown = async () => [await page.textContent('#once'), await page.textContent('#again')]
    const [first, again] = await shown()
    expect(again).toBe(first)
    const inFunction = JSON.parse(await run(page, 'read-once')) as string
    await expect.poll(shown).not.toEqual([first, first])
    const [fresh, freshAgain] = await shown()
    expect(freshAgain).toBe(fresh)
    expect(new Set([first, inFunction, fresh]).size).toBe(3)
  })

  test('a function reads its own writes, and the page and other visitors too (180)', async () => {
    const { page } = await visit(app, '/values')
    const [before, fresh, again] = JSON.parse(await run(page, 'read-after-write')) as string[]
    expect(fresh).not.toBe(before)
    expect(again).toBe(fresh)
    expect(await page.textContent('#posts')).toBe(fresh)
    expect(await shownAt('/values', 'posts')).toBe(fresh)
  })

  test('what a function invalidates is so when it redirects (181)', async () => {
    const { page } = await visit(app, '/values')
    const before = await page.textContent('#posts')
    await page.click('#redirect')
    await expect.poll(() => page.textContent('#posts')).not.toBe(before)
    const fresh = await page.textContent('#posts')
    expect(await shownAt('/values', 'posts')).toBe(fresh)
  })

  test('what a function invalidates is so when it throws (181, 182)', async () => {
    const { page } = await visit(app, '/values')
    const before = await page.textContent('#posts')
    expect(await run(page, 'throw')).toMatch(/^failed: /)
    expect(await shownAt('/values', 'posts')).not.toBe(before)
    await expect.poll(() => page.textContent('#posts')).not.toBe(before)
  })

  test('what after() invalidates is so for later requests (268)', async () => {
    const { page } = await visit(app, '/values')
    const before = await page.textContent('#posts')
    await run(page, 'later')
    expect(await page.textContent('#posts')).toBe(before)
    await expect.poll(() => shownAt('/values', 'posts')).not.toBe(before)
  })

  test('a path or tag that is too long is ignored with a warning (184)', async () => {
    const { page } = await visit(app, '/values')
    const before = await values(page)
    await run(page, 'too-long')
    expect(await values(page)).toEqual(before)
    expect(app.output()).toMatch(/A tag of 257 characters is ignored; the limit is 256/)
    expect(app.output()).toMatch(/a path of 1025 characters; the limit is 1024/)
  })

  test.for<[string, boolean, boolean]>([
    ['literal', true, false],
    ['pattern', true, true],
    ['untyped', false, false],
    ['layout', true, true],
    ['everything', true, true],
    ['elsewhere', false, false],
  ])('revalidatePath %s: /blog/a is fresh %j, /blog/b %j (171)', async ([id, a, b]) => {
    const before = [await shownAt('/blog/a', 'post'), await shownAt('/blog/b', 'post')]
    const { page } = await visit(app, '/blog/a')
    await run(page, id)
    const after = [await shownAt('/blog/a', 'post'), await shownAt('/blog/b', 'post')]
    expect(after.map((value, i) => value !== before[i])).toEqual([a, b])
  })

  test('a pattern without a type is ignored with a warning (280)', async () => {
    const before = await shownAt('/blog/a', 'post')
    const { page } = await visit(app, '/blog/a')
    const printed = app.output().length
    await run(page, 'untyped')
    expect(await shownAt('/blog/a', 'post')).toBe(before)
    const warning = () => app.output().slice(printed)
    await expect.poll(warning).toMatch(/revalidatePath\("\/blog\/\[slug\]"\) has no effect.*'page'/)
  })

  test('a cached component keeps what it made, around what it is given (270)', async () => {
    const [first, second] = [await app.fetch('/child'), await app.fetch('/child')]
    const shown = async (response: Response) => {
      const html = (await response.text()).replaceAll('<!-- -->', '')
      return [/id="frame">(.*?)</.exec(html)?.[1], /id="inside">(.*?)</.exec(html)?.[1]]
    }
    const [[frame, inside], [frameAgain, insideAgain]] = [await shown(first), await shown(second)]
    expect(frame).toMatch(/^Framed frame \d+$/)
    expect(frameAgain).toBe(frame)
    expect(insideAgain).not.toBe(inside)
  })

  test('a server function passes through a cached component, and works (270)', async () => {
    const { page } = await visit(app, '/child')
    await page.click('#save')
    await expect.poll(() => page.textContent('#save')).toMatch(/^post saved \d+$/)
  })

  test('calling it inside the cached component is an error that says so (270)', async () => {
    const saved = source.reads('saved')
    await (await app.fetch('/child?broken=1')).text()
    await expect.poll(() => app.output()).toMatch(/It can only pass it on/)
    expect(source.reads('saved')).toBe(saved)
  })

  test('an error of the background is reported, and the stale value stays (188)', async () => {
    const stale = await shownAt('/failing', 'failing')
    source.note('failing', ' broken')
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(await shownAt('/failing', 'failing')).toBe(stale)
    await expect.poll(() => app.output()).toMatch(/the source is broken/)
    expect(await shownAt('/failing', 'failing')).toBe(stale)
  })

  describe.runIf(mode === 'start')('kept pages', () => {
    test('a kept page is rendered once, and anew after a call for its path (183)', async () => {
      const before = await shownAt('/kept', 'rendered')
      expect(await shownAt('/kept', 'rendered')).toBe(before)
      const { page } = await visit(app, '/kept')
      expect(await page.textContent('#rendered')).toBe(before)
      await run(page, 'path')
      const after = await shownAt('/kept', 'rendered')
      expect(after).not.toBe(before)
      expect(await shownAt('/kept', 'rendered')).toBe(after)
      await page.reload()
      expect(await page.textContent('#rendered')).toBe(after)
    })

    test('a tag of what it shows makes it anew, another tag does not (183)', async () => {
      const { page } = await visit(app, '/kept')
      const before = await shownAt('/kept', 'rendered')
      await run(page, 'users-tag')
      expect(await shownAt('/kept', 'rendered')).toBe(before)
      await run(page, 'posts-tag')
      expect(await shownAt('/kept', 'rendered')).not.toBe(before)
    })

    test('its payload is kept too, and hydrates and navigates without an error', async () => {
      const { page, documents } = await visit(app, '/values')
      await page.click('a[href="/kept"]')
      await page.waitForSelector('#rendered')
      const shown = await page.textContent('#rendered')
      await page.click('a[href="/values"]')
      await page.waitForSelector('#users')
      await page.click('a[href="/kept"]')
      await page.waitForSelector('#rendered')
      expect(await page.textContent('#rendered')).toBe(shown)
      expect(documents).toHaveLength(1)
    })

    test('a form of a kept page has no key, and works without JavaScript', async () => {
      const html = await (await app.fetch('/kept')).text()
      const [form] = formsOf(html)
      expect(form!.fields.map(([name]) => name)).not.toContain('$ACTION_CALL_KEY')
      const { page } = await visit(app, '/kept', { javaScript: false })
      const before = await page.textContent('#rendered')
      await page.click('#submit')
      await expect.poll(() => page.textContent('#rendered')).not.toBe(before)
    })

    test('a page that is forced to be static knows no visitor', async () => {
      const get = (user: string) => app.fetch('/static', { headers: { cookie: `user=${user}` } })
      const [ada, bob] = await Promise.all([get('ada'), get('bob')])
      expect(await ada.text()).toContain('<p id="user">nobody</p>')
      expect(await bob.text()).toContain('<p id="user">nobody</p>')
      expect(source.reads('static')).toBe(1)
    })

    test('a page that reads cookies is never kept, whatever it exports', async () => {
      const users = Array.from({ length: 40 }, (_, i) => `user${i}`)
      const pages = await Promise.all(
        users.map(async (user) => {
          const response = await app.fetch('/visitor', { headers: { cookie: `user=${user}` } })
          return (await response.text()).replaceAll('<!-- -->', '')
        }),
      )
      for (const [i, html] of pages.entries()) {
        expect(/id="visitor">(\w+) /.exec(html)?.[1]).toBe(users[i])
      }
    })
  })
})

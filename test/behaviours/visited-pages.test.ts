import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit, type Visit } from '../support/visit.ts'

const titles: Record<string, string> = {
  '/': 'Home',
  '/blog/a': 'Post a',
  '/blog/b': 'Post b',
  '/about': 'About',
  '/late': 'Late',
}

async function goTo({ page }: Visit, target: string): Promise<void> {
  await page.click(`nav a[href="${target}"]`)
  await expectText(page, 'h1', titles[target]!)
}

async function drop({ page }: Visit, what: string): Promise<void> {
  await page.fill('input[name=what]', what)
  await page.click('form button')
  // React empties a form when its action is done.
  await expect.poll(() => page.inputValue('input[name=what]')).toBe('')
}

/** The pages that Back had to ask the server for, of those visited before the one that is shown. */
async function fetchedByBack(visitor: Visit, visited: string[]): Promise<string[]> {
  const requests = await visitor.during(async () => {
    for (const target of visited.toReversed()) {
      await visitor.page.goBack()
      await expectText(visitor.page, 'h1', titles[target]!)
    }
  })
  return requests.map((line) => line.replace('GET /-/payload', ''))
}

describe.for(modes)('in %s, the pages that Back shows', (mode) => {
  const app = useApp('visits-app', mode)

  const visited = ['/blog/a', '/blog/b', '/about']

  test.for([
    ['refresh', []],
    ['stale b', []],
    ['path /blog/b', ['/blog/b']],
    ['path /blog/b/', ['/blog/b']],
    ['page /blog/[slug]', ['/blog/b', '/blog/a']],
    ['page /(site)/blog/[slug]', ['/blog/b', '/blog/a']],
    ['layout /blog', ['/blog/b', '/blog/a']],
    ['layout /blog/a', ['/blog/a']],
    ['page /blog', []],
    ['path /elsewhere', []],
    ['layout /', ['/about', '/blog/b', '/blog/a']],
    ['tag b', ['/blog/b']],
    ['tag us', ['/about']],
    ['tag blog', ['/blog/b', '/blog/a']],
    ['tag elsewhere', []],
  ] as [string, string[]][])('are fetched again after "%s": %o', async ([what, fetched]) => {
    const visitor = await visit(app(), '/blog/a')
    for (const target of ['/blog/b', '/about', '/']) await goTo(visitor, target)
    await drop(visitor, what)
    expect(await fetchedByBack(visitor, visited)).toEqual(fetched)
    expect(visitor.documents).toHaveLength(1)
  })

  test('have the tags of data that came late', async () => {
    const visitor = await visit(app(), '/')
    await goTo(visitor, '/late')
    await visitor.page.waitForSelector('#late')
    await goTo(visitor, '/about')
    await drop(visitor, 'tag elsewhere')
    expect(await fetchedByBack(visitor, ['/late'])).toEqual([])
    await visitor.page.goForward()
    await expectText(visitor.page, 'h1', 'About')
    await drop(visitor, 'tag late')
    expect(await fetchedByBack(visitor, ['/', '/late'])).toEqual(['/late'])
  })

  test('show the layout as the call has brought it, without a request', async () => {
    const visitor = await visit(app(), '/blog/a')
    const { page } = visitor
    await goTo(visitor, '/about')
    const us = await page.textContent('#news')
    const site = await page.textContent('#site')
    await goTo(visitor, '/')
    await drop(visitor, 'tag site')
    const fresh = await page.textContent('#site')
    expect(fresh).not.toBe(site)
    expect(await fetchedByBack(visitor, ['/about'])).toEqual([])
    expect([await page.textContent('#news'), await page.textContent('#site')]).toEqual([us, fresh])
  })

  test('show what has changed where they are fetched', async () => {
    const visitor = await visit(app(), '/about')
    const { page } = visitor
    const before = await page.textContent('#news')
    await goTo(visitor, '/')
    await drop(visitor, 'tag us')
    expect(await fetchedByBack(visitor, ['/about'])).toEqual(['/about'])
    await expect.poll(() => page.textContent('#news')).not.toBe(before)
  })
})

describe.for(modes)('in %s, a page that was fetched ahead', (mode) => {
  const app = useApp('visits-app', mode)
  const ahead = 'GET /-/payload/blog/a'

  /** Opens a page where a link was in sight, so that its page is there, and is then out of date. */
  async function prefetched(): Promise<Visit> {
    const visitor = await visit(app(), '/')
    const requests = await visitor.during(() => visitor.page.click('#reveal'))
    expect(requests).toEqual([ahead])
    await drop(visitor, 'path /blog/a')
    return visitor
  }

  test('is dropped by a call that invalidates, and fetched anew when it is visited (219)', async () => {
    const visitor = await prefetched()
    const requests = await visitor.during(async () => {
      await visitor.page.click('#ahead')
      await expectText(visitor.page, 'h1', 'Post a')
    })
    expect(requests).toEqual([ahead])
    expect(visitor.documents).toHaveLength(1)
  })

  test('is fetched anew when its link is shown again, and then needs no request (290)', async () => {
    const visitor = await prefetched()
    const { page } = visitor
    await page.click('#reveal')
    await page.waitForSelector('#ahead', { state: 'detached' })
    expect(await visitor.during(() => page.click('#reveal'))).toEqual([ahead])
    const requests = await visitor.during(async () => {
      await page.click('#ahead')
      await expectText(page, 'h1', 'Post a')
    })
    expect(requests).toEqual([])
    expect(visitor.documents).toHaveLength(1)
  })
})

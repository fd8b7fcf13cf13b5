import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('looks-app', mode)

  // Tailwind reads the whole app before the first page is there.
  beforeAll(() => app().fetch('/'))

  test('a local font is used before any script has run, and each weight has its file', async () => {
    const { page } = await visit(app(), '/', { javaScript: false })
    await fontsLoaded(page)
    // A letter of the fixture's font is 1 em wide, one of its bold face 2 em.
    expect(await emsOf(page, '#boxes')).toBe(4)
    expect(await emsOf(page, '#wide')).toBe(8)
    expect(await styleOf(page, 'h1', 'font-family')).toMatch(/^boxes-\w+, boxes-\w+-fallback$/)
  })

  test('the files of a font are asked for in the head, by the URLs of its style sheet', async () => {
    const [head = ''] = (await (await app().fetch('/')).text()).split('</head>')
    const preloads = [...head.matchAll(/<link rel="preload" [^>]*as="font"[^>]*>/g)].map(String)
    expect(preloads).toHaveLength(2)
    for (const preload of preloads) {
      expect(preload).toContain('crossorigin=""')
      expect(preload).toContain('type="font/woff2"')
      const [, href] = /href="([^"]+)"/.exec(preload)!
      const file = await app().fetch(href!)
      expect(file.headers.get('content-type')).toBe('font/woff2')
    }
    const { page, requests } = await visit(app(), '/')
    await fontsLoaded(page)
    expect(requests.filter((request) => request.includes('.woff2'))).toHaveLength(2)
  })

  test('until a font has arrived another one stands in, in its measures', async () => {
    const { page } = await visit(app(), '/', { javaScript: false })
    const faces = await page.evaluate(() =>
      [...document.fonts].map((face) => [face.family, face.ascentOverride, face.display]),
    )
    expect(faces).toContainEqual([expect.stringMatching(/^boxes-\w+-fallback$/), '40.12%', 'auto'])
    expect(faces.filter(([, , display]) => display === 'swap')).toHaveLength(2)
  })

  test('a font of next/font/google is never fetched: who has it sees it', async () => {
    const { page, requests } = await visit(app(), '/')
    expect(await styleOf(page, '#inter', 'font-family')).toBe('Inter, system-ui, sans-serif')
    expect(await styleOf(page, '#inter', 'font-weight')).toBe('500')
    expect(await styleOf(page, '#mono', 'font-family')).toBe('"Roboto Mono", Courier')
    expect(await styleOf(page, 'html', '--font-inter')).toMatch(/^["']Inter["'], system-ui/)
    const origins = requests.filter((request) => request.includes('://'))
    expect(origins).toEqual([])
  })

  test('a font in a client component is there after a link too', async () => {
    const { page } = await visit(app(), '/css')
    await page.click('nav a[href="/fonts-in-browser"]')
    await page.waitForSelector('#wide')
    await fontsLoaded(page)
    expect(await emsOf(page, '#wide')).toBe(8)
  })

  test('Tailwind finds classes in server components, client components and answers', async () => {
    const { page } = await visit(app(), '/tailwind')
    expect(await styleOf(page, '#server', 'color')).toBe('rgb(1, 2, 3)')
    expect(await styleOf(page, '#client', 'color')).toBe('rgb(4, 5, 6)')
    await page.click('#ask')
    await expectText(page, '#answer', 'answered')
    expect(await styleOf(page, '#answer', 'color')).toBe('rgb(7, 8, 9)')
  })

  test('a page of MDX has metadata, components of the app, and its own imports', async () => {
    const { page } = await visit(app(), '/article')
    expect(await page.title()).toBe('An article')
    expect(await page.textContent('h1.from-mdx-components')).toBe('An article')
    await page.click('#stars')
    await expectText(page, '#stars', '4')
    await page.goto('/notes')
    expect(await page.textContent('h2')).toBe('Note for Ada')
    expect(await page.locator('li.own').count()).toBe(2)
  })

  test('an imported image has its URL and size, on both sides', async () => {
    const { page } = await visit(app(), '/images')
    expect(await page.textContent('#data')).toBe('60x40')
    for (const id of ['imported', 'by-props', 'in-browser', 'by-src', 'filling']) {
      const natural = await page.evaluate(async (name) => {
        const image = document.getElementById(name) as HTMLImageElement
        image.loading = 'eager'
        await image.decode()
        return [image.naturalWidth, image.naturalHeight]
      }, id)
      expect([id, ...natural]).toEqual([id, 60, 40])
    }
    expect(await page.getAttribute('#logo', 'width')).toBe('24')
    const ofPublic = await page.getAttribute('#of-public', 'src')
    expect((await app().fetch(ofPublic!)).headers.get('content-type')).toBe('image/png')
    expect(await page.getAttribute('#of-public', 'width')).toBe('8')
    expect(await page.getAttribute('#in-browser', 'width')).toBe('60')
    expect(await styleOf(page, '#filling', 'width')).toBe('90px')
    expect(await page.getAttribute('#loaded', 'srcset')).toBe('/plain.png?w=32&q=50 1x')
  })

  test('CSS modules compose, Sass compiles, a client component brings global CSS', async () => {
    const { page } = await visit(app(), '/css', { javaScript: false })
    expect(await styleOf(page, '#composed', 'color')).toBe('rgb(31, 32, 33)')
    expect(await styleOf(page, '#composed', 'letter-spacing')).toBe('3px')
    expect(await styleOf(page, '#composed', 'text-transform')).toBe('uppercase')
    expect(await styleOf(page, '#sass em', 'color')).toBe('rgb(41, 42, 43)')
    expect(await styleOf(page, '#card', 'color')).toBe('rgb(51, 52, 53)')
  })

  test('scripts run in the order of their strategies', async () => {
    const { page } = await visit(app(), '/scripts')
    await expectText(page, '#events', 'load,ready')
    const order = () => page.evaluate(() => (window as unknown as { order: string[] }).order)
    await expect
      .poll(async () => (await order()).toSorted().join())
      .toBe('early,inline,inner,outer')
    expect((await order())[0]).toBe('early')
  })
})

describe('in dev', () => {
  const app = useApp('looks-app', 'dev')

  test('edited classes are shown without a page load, edited fonts with one', async () => {
    const { page, documents } = await visit(app(), '/tailwind')
    const change = (file: string, from: string, to: string) => {
      app().edit(file, (text) => text.replace(from, to))
      onTestFinished(() => app().edit(file, (text) => text.replace(to, from)))
    }
    change('app/tailwind/page.tsx', 'rgb(1,2,3)', 'rgb(11,12,13)')
    await expectText(page, '#server.text-\\[rgb\\(11\\,12\\,13\\)\\]', 'Tailwind')
    await expect.poll(() => styleOf(page, '#server', 'color')).toBe('rgb(11, 12, 13)')
    change('app/tailwind/panel.tsx', 'rgb(4,5,6)', 'rgb(14,15,16)')
    await expect.poll(() => styleOf(page, '#client', 'color')).toBe('rgb(14, 15, 16)')
    expect(documents).toHaveLength(1)
    await page.goto('/')
    change('app/fonts.ts', "weight: '500'", "weight: '600'")
    await expect.poll(() => styleOf(page, '#inter', 'font-weight').catch(String)).toBe('600')
  })
})

describe.for(modes)('an app without vite.config.ts in %s', (mode) => {
  const app = useApp('starter-app', mode)

  test('takes Tailwind from postcss.config.mjs, and fonts by their variables', async () => {
    const { page } = await visit(app(), '/', { javaScript: false })
    expect(await styleOf(page, 'body', 'background-color')).toBe('rgb(250, 251, 252)')
    expect(await styleOf(page, '#code', 'letter-spacing')).toBe('5px')
    expect(await styleOf(page, '#code', 'font-family')).toMatch(
      /^"?Geist Mono"?, ui-monospace, mono/,
    )
    expect(await styleOf(page, 'main', 'font-family')).toMatch(/^Geist, system-ui, sans-serif$/)
    expect(await page.getAttribute('img', 'fetchpriority')).toBe('high')
  })
})

function styleOf(page: Page, selector: string, property: string): Promise<string> {
  return page.evaluate(
    ([where, what]) => getComputedStyle(document.querySelector(where!)!).getPropertyValue(what!),
    [selector, property],
  )
}

async function fontsLoaded(page: Page): Promise<void> {
  await page.evaluate(async () => void (await document.fonts.ready))
}

/** How wide an inline element is, in units of its font size. */
function emsOf(page: Page, selector: string): Promise<number> {
  return page.evaluate((where) => {
    const element = document.querySelector(where)!
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    return Math.round(element.getBoundingClientRect().width / size)
  }, selector)
}

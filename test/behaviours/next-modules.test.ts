import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test('useLinkStatus tells from the click until the page is shown', async () => {
    const { page } = await visit(app(), '/pending')
    await expectText(page, '#status-slow', 'idle')
    await page.click('#slow')
    await expectText(page, '#status-slow', 'pending')
    await expectText(page, '#status-other', 'idle')
    await app().fetch('/gate?name=pending', { method: 'POST' })
    await expectText(page, 'h1', 'Slow')
    await page.click('#back')
    await expectText(page, '#status-slow', 'idle')
  })

  test('useServerInsertedHTML puts what was collected before what needs it', async () => {
    const html = await (await app().fetch('/collected')).text()
    const places = [
      'data-collected="true">#early{color',
      '</head>',
      '<p id="early"',
      'data-collected="true">#late{color',
      '<p id="late"',
    ].map((text) => html.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    const { page } = await visit(app(), '/collected')
    const colorOf = (id: string) =>
      page.locator(`#${id}`).evaluate((element) => getComputedStyle(element).color)
    expect([await colorOf('early'), await colorOf('late')]).toEqual([
      'rgb(1, 2, 3)',
      'rgb(4, 5, 6)',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test('public variables of .env are in the browser’s code, the others on the server', async () => {
    const { page } = await visit(app(), '/environment')
    expect(await page.textContent('#server')).toBe(String('canary-environment-secret'.length))
    await expectText(page, '#browser', 'hello from the environment, hello from vite')
  })

  test('a package may import next/* and bring server functions of its own (264)', async () => {
    const { page } = await visit(app(), '/library')
    expect(await page.textContent('#where')).toBe('/library')
    await page.click('#passed')
    await expectText(page, '#result', 'passed 6 sides on a host')
    await page.click('#imported')
    await expectText(page, '#result', 'imported 20 sides on a host')
    await page.click('#where')
    await expectText(page, 'h1', 'Posts')
  })
})

describe.for(modes)('in %s', (mode) => {
  const app = useApp('looks-app', mode)

  test('a component of the browser alone, or one that is loaded late, calls server functions (57)', async () => {
    const { page } = await visit(app(), '/lazy')
    await page.click('#shout')
    await expectText(page, '#shout', 'QUIET')
    await page.click('#show')
    await page.click('#whisper')
    await expectText(page, '#whisper', 'loud')
    const html = await (await app().fetch('/lazy')).text()
    expect(html).toContain('id="waiting"')
    expect(html).not.toContain('id="shout"')
  })

  test('an answer brings the code and the styles of a component that the page has not loaded (101)', async () => {
    const { page, during } = await visit(app(), '/answer')
    const requests = await during(async () => {
      await page.click('#ask')
      await expectText(page, '#unseen', 'unseen 2')
    })
    expect(requests).toContainEqual(expect.stringMatching(/^GET .*\.(?:js|tsx)/))
    await page.click('#unseen')
    await expectText(page, '#unseen', 'unseen 3')
    const color = await page.evaluate(
      () => getComputedStyle(document.querySelector('#unseen')!).color,
    )
    expect(color).toBe('rgb(21, 22, 23)')
  })

  test('packages in CommonJS, with conditions, and with fonts of next/font work (264)', async () => {
    const { page } = await visit(app(), '/packages')
    await page.click('#plain')
    await expectText(page, '#plain', '2')
    await page.click('#mapped')
    await expectText(page, '#mapped', 'pressed in the client')
    expect(await page.textContent('#where')).toBe('server')
    expect(await page.textContent('#secret')).toBe(String('canary-packages-secret'.length))
    await expectText(page, '#width', 'known')
    expect(await page.evaluate(() => document.fonts.size)).toBeGreaterThan(0)
  })
})

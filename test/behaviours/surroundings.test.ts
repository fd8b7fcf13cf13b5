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

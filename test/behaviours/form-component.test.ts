import { randomUUID } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit, type VisitOptions } from '../support/visit.ts'

describe.for(modes)('in %s, Form', (mode) => {
  const app = useApp('docs-app', mode)
  /** In development it warns, as these tests want it to; nothing else may. */
  const open = async (options: VisitOptions = {}) => {
    const visitor = await visit(app(), '/search', { ...options, problems: 'expected' })
    const others = () => visitor.problems.filter((line) => !line.startsWith('A <Form>'))
    onTestFinished(() => expect(others()).toEqual([]))
    return visitor
  }
  const expectWarning = (problems: string[], warning: RegExp) =>
    expect(problems.filter((line) => warning.test(line))).toHaveLength(mode === 'dev' ? 1 : 0)

  test.for([
    ['exported', 'exported'],
    ['closure', 'inline in a closure'],
  ] as const)('with a server function calls it, as <form> does: %s (272)', async ([id, note]) => {
    const { page, documents, during } = await open()
    const requests = await during(async () => {
      await page.click(`#${id} button`)
      await expect.poll(() => page.textContent('#notes')).toContain(note)
    })
    expect(requests).toEqual(['POST /search'])
    expect(documents).toHaveLength(1)
  })

  test('with a server function is posted without JavaScript too (272)', async () => {
    const { page } = await open({ javaScript: false })
    await page.fill('#exported input[name=text]', `posted in ${mode}`)
    await page.click('#exported button')
    await expect.poll(() => page.textContent('#notes')).toContain(`posted in ${mode}`)
  })

  test('with a function of the browser calls it, and its replace does nothing (272, 277)', async () => {
    const { page, problems, during } = await open()
    const before = await page.evaluate(() => history.length)
    expect(await during(() => page.click('#local button'))).toEqual([])
    await expectText(page, '#shown', 'in the browser')
    expect(await page.evaluate(() => history.length)).toBe(before)
    expectWarning(problems, /does nothing with `replace`/)
  })

  const fields = { q: 'a b&ü', by: 'button' }
  const search = '?q=a+b%26%C3%BC&gate=&by=button'

  test('with a path goes there with its fields, without loading a document (273)', async () => {
    const { page, documents } = await open()
    await page.evaluate(() => window.scrollTo(0, 500))
    await page.click('#soft button[name=by]')
    await expectText(page, '#fields', JSON.stringify(fields))
    expect(page.url()).toBe(`${app().origin}/search/results${search}`)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    expect(documents).toHaveLength(1)
    await page.goBack()
    await expectText(page, 'h1', 'Search')
  })

  test('with a path goes to the same address without JavaScript (273)', async () => {
    const { page } = await open({ javaScript: false })
    await page.click('#soft button[name=by]')
    await expectText(page, '#fields', JSON.stringify(fields))
    expect(page.url()).toBe(`${app().origin}/search/results${search}`)
  })

  test('with a path shows the loading state until the page is there (273)', async () => {
    const gate = randomUUID()
    const { page } = await open()
    await page.evaluate((name) => {
      document.querySelector<HTMLInputElement>('#soft input[name=gate]')!.value = name
    }, gate)
    await page.click('#soft button[name=by]')
    await page.waitForSelector('#loading')
    await app().fetch(`/gate?name=${gate}`, { method: 'POST' })
    await expectText(page, '#fields', JSON.stringify(fields))
  })

  test('replaces the entry of the history and keeps the scroll position if told so (273)', async () => {
    const { page } = await open()
    const before = await page.evaluate(() => history.length)
    await page.evaluate(() => window.scrollTo(0, 500))
    await page.click('#replacing button')
    await expectText(page, '#fields', '{"q":"replaced"}')
    expect(await page.evaluate(() => history.length)).toBe(before)
    expect(await page.evaluate(() => window.scrollY)).toBe(500)
  })

  test('goes to the path of the button that was pressed (274)', async () => {
    const { page, documents } = await open()
    await page.click('#elsewhere')
    await expectText(page, 'h1', 'Elsewhere')
    expect(await page.textContent('#fields')).toBe('{"q":"a b&ü","gate":""}')
    expect(documents).toHaveLength(1)
  })

  test('leaves a button with another method to the browser, and warns (275)', async () => {
    const { page, documents, problems } = await open()
    await page.click('#natively')
    await expectText(page, '#fields', '{}')
    expect(documents).toEqual(['GET /search', 'POST /search/results'])
    expectWarning(problems, /formmethod="post"/)
  })

  test('has no method, encType or target of its own, and warns (275)', async () => {
    const { page, documents, problems } = await open()
    await page.click('#posting button')
    await expectText(page, '#fields', '{"q":"posted"}')
    expect(documents).toHaveLength(1)
    expectWarning(problems, /has no `method`/)
    expectWarning(problems, /has no `target`/)
  })

  test('goes nowhere when onSubmit prevents it (275)', async () => {
    const { page, during } = await open()
    expect(await during(() => page.click('#stopped button'))).toEqual([])
    expect(await page.textContent('h1')).toBe('Search')
  })

  test('sends only the name of a file to a path, and warns (276)', async () => {
    const { page, problems } = await open()
    const file = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('canary') }
    await page.setInputFiles('#with-file input', file)
    await page.click('#with-file button')
    await expectText(page, '#fields', '{"file":"note.txt"}')
    expectWarning(problems, /only the names of the files in file/)
  })
})

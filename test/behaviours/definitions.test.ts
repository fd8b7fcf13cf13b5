import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { call, formsOf, functionOf } from '../support/call.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s, a server function', (mode) => {
  const app = useApp('docs-app', mode)

  const exported = {
    declared: 'declared x 64',
    arrow: 'arrow x',
    expressed: 'expressed x',
  }
  test.for(Object.entries(exported))(
    'exported by a file with the directive is callable: %s (1)',
    async ([name, answer]) => {
      const { page } = await visit(app(), '/definitions')
      await page.click(`#${name}`)
      await expectText(page, '#result', answer)
    },
  )

  const defaults = {
    anyName: 'default x',
    anonymous: 'anonymous x',
    listed: 'listed x',
    passed: 'default x',
  }
  test.for(Object.entries(defaults))(
    'that is the default export works under any name: %s (4)',
    async ([name, answer]) => {
      const { page } = await visit(app(), '/definitions')
      await page.click(`#${name}`)
      await expectText(page, '#result', answer)
    },
  )

  test.for(Object.entries({ local: 'local x', renamed: 'hidden x' }))(
    'exported in a list works under its exported name: %s (5)',
    async ([name, answer]) => {
      const { page } = await visit(app(), '/definitions')
      await page.click(`#${name}`)
      await expectText(page, '#result', answer)
    },
  )

  test('runs for whoever calls it, whatever its page checks before it is shown (246)', async () => {
    const html = await (
      await app().fetch('/guarded', { headers: { cookie: 'access=granted' } })
    ).text()
    const [form] = formsOf(html)
    const options = { path: '/guarded', args: [new FormData()] }
    expect((await app().fetch('/guarded')).status).toBe(303)
    const answer = await call(app(), functionOf(form!), options)
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^access=;/)])
  })

  test('called by a Server Component runs in the same process (29)', async () => {
    const html = await (await app().fetch('/definitions')).text()
    expect(html).toContain('arrow called by a component')
  })

  const inline = ['declared', 'arrow', 'expressed', 'anonymous']
  test.for(inline.flatMap((form) => [true, false].map((javaScript) => ({ form, javaScript }))))(
    'inline, written as $form, runs as a form action; JavaScript: $javaScript (2, 3)',
    async ({ form, javaScript }) => {
      const owner = `${form}-${javaScript}`
      const { page } = await visit(app(), `/inline?owner=${owner}`, { javaScript })
      await page.fill(`#${form} input[name=text]`, 'typed')
      await page.click(`#${form} button`)
      await expect.poll(() => page.textContent('#records')).toMatch(recordOf(form, owner))
    },
  )

  test('keeps its identity as an argument and as a prop (28)', async () => {
    const { page } = await visit(app(), '/identity')
    for (const way of ['prop', 'import', 'returned']) {
      await page.click(`#${way}`)
      await expectText(page, '#result', `${way} true`)
    }
  })

  test.for([true, false])(
    'sees the captured values of the render that made the form; JavaScript: %s (33)',
    async (javaScript) => {
      const { page } = await visit(app(), '/inline', { javaScript })
      const rendered = await page.textContent('#rendered')
      await (await app().fetch('/inline')).text()
      await page.click('#snapshot button')
      const record = `snapshot of render ${rendered}`
      await expect.poll(() => page.textContent('#records li:last-child')).toBe(record)
    },
  )

  test('hides captured values from the page, its payload and its forms (34)', async () => {
    const html = await (await app().fetch('/inline?owner=hidden')).text()
    const payload = await (await app().fetch('/-/payload/inline?owner=hidden')).text()
    expect(formsOf(html).length).toBeGreaterThan(5)
    expect(payload).toContain('snapshot')
    for (const text of [html, payload]) {
      expect(text).not.toContain('canary-render-capture-hidden')
      expect(text).not.toContain('canary-module-capture')
    }
  })

  test('captures dates, maps, bigints, promises, functions and elements (35)', async () => {
    const { page } = await visit(app(), '/captured')
    await page.click('#reveal')
    await expectText(
      page,
      '#text',
      '2020-02-02T02:02:02.000Z 36 23 12345678901234567890 helped on 2020',
    )
    await page.click('#badge')
    await expectText(page, '#badge', 'captured badge 1')
  })

  test('sees a captured variable as it was when its reference was made (42)', async () => {
    const { page } = await visit(app(), '/captured')
    expect(await page.textContent('#step')).toBe('after')
    await page.click('#remember')
    await expectText(page, '#remember', 'before')
  })

  test.for([true, false])(
    'gets bound arguments before the form data; JavaScript: %s (36)',
    async (javaScript) => {
      const { page } = await visit(app(), '/bind', { javaScript })
      await page.fill('#update input[name=name]', `Ada ${javaScript}`)
      await page.click('#update button')
      const update = `user-7 Ada ${javaScript}`
      await expect.poll(() => page.textContent('#updates li:last-child')).toBe(update)
    },
  )

  test('accumulates the arguments of chained binds, on the client too (36, 38)', async () => {
    const { page } = await visit(app(), '/bind')
    await page.click('#join')
    await expectText(page, '#joined', 'one two three')
  })

  test.for([true, false])(
    'gets captures, bound arguments and form data together; JavaScript: %s (37)',
    async (javaScript) => {
      const owner = `combined-${javaScript}`
      const { page } = await visit(app(), `/inline?owner=${owner}`, { javaScript })
      await page.fill('#combined input[name=text]', 'three')
      await page.click('#combined button')
      const record = `combined ${owner} one two three`
      await expect.poll(() => page.textContent('#records li:last-child')).toBe(record)
    },
  )

  test('may sit in a page that configures its segment', async () => {
    const { page } = await visit(app(), '/segment')
    await page.click('button:has-text("Answer")')
    expect(await page.textContent('h1')).toBe('Configured')
  })
})

function recordOf(form: string, owner: string): string {
  return form === 'declared'
    ? `declared ${owner} ${'canary-module-capture'.length} typed`
    : `${form} ${owner} typed`
}

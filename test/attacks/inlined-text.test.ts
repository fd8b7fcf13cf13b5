import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { expectAlive, useTarget } from '../support/attack.ts'
import { formsOf } from '../support/call.ts'
import { hydrated, visit } from '../support/visit.ts'

const target = useTarget()

const script = '<script>window.ran=1</script>'

/** What ends the place that a text is in, and would begin another. */
const texts = [
  `</script>${script}`,
  `</SCRIPT >${script}`,
  `<!--<script>${script}`,
  `<!--${script}-->`,
  `]]>${script}<![CDATA[`,
  `</title></head>${script}`,
  `</textarea>${script}`,
  `</style>${script}<style>`,
  `</template></noscript>${script}`,
  `"><img src=x onerror="window.ran=1">`,
  `' onmouseover='window.ran=1' autofocus onfocus='window.ran=1`,
  `" onmouseover="window.ran=1" autofocus onfocus="window.ran=1`,
  '\u2028window.ran=1\u2029window.ran=1',
  '\\u003c/script>\\";window.ran=1;//',
  '");window.ran=1;//',
  `');window.ran=1;//`,
  `\\');window.ran=1;//`,
  '`${window.ran=1}`',
  '&lt;&quot;&#x27;&amp;',
  '\ufeff\ufffd\ud83d\ude00<\u0001',
  '$L1$@2$$',
]

/** The last one holds all others. */
const all = [...texts, texts.join('')]

test('41: text of a request stays in the place where it was put, and arrives intact', async () => {
  const { app } = target()
  const { page } = await visit(app, '/', { problems: 'expected' })
  for (const text of all) {
    // A segment that holds a slash of either kind, however it is encoded, is no page.
    const slug = text.replaceAll(/[/\\]/g, '|')
    await page.goto(`/text/${encodeURIComponent(slug)}?text=${encodeURIComponent(text)}`)
    await hydrated(page)
    await page.locator('#late').waitFor()
    await page.locator('#failed').waitFor()
    expect(await placesOf(page)).toEqual({
      child: text,
      property: text,
      late: text,
      // Digests are cut.
      failed: text.slice(0, 128),
      nested: text + text,
      slug,
      area: text,
      main: [text, text, text, text],
      title: text,
      metas: [text, text, text],
    })
    await expectUntouched(page)
  }
  await expectAlive(app)
})

test('41: what a form is answered stays in its state, and arrives intact', async () => {
  const { app } = target()
  const { page, context } = await visit(app, '/', { problems: 'expected' })
  let html = ''
  const contentType = 'text/html; charset=utf-8'
  await context.route('**/text/slug*', (route) => route.fulfill({ contentType, body: html }))
  for (const text of all) {
    const path = `/text/slug?text=${encodeURIComponent(text)}`
    html = await posted(app, path, text)
    await page.goto(path)
    await hydrated(page)
    expect(await page.locator('#kept').textContent()).toBe(text)
    expect(await page.locator('#kept').getAttribute('title')).toBe(text)
    await expectUntouched(page)
  }
  await expectAlive(app)
})

/** What Chromium has read in each place. */
function placesOf(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() => {
    const textOf = (id: string) => document.getElementById(id)?.textContent
    const ids = ['child', 'property', 'late', 'failed', 'nested', 'slug']
    const attributes = ['id', 'class', 'data-text', 'title']
    const metas = ['[name=description]', '[name=keywords]', '[property="og:title"]']
    return {
      ...Object.fromEntries(ids.map((id) => [id, textOf(id)])),
      area: document.querySelector('textarea')?.value,
      main: attributes.map((name) => document.querySelector('main')?.getAttribute(name)),
      title: document.querySelector('title')?.textContent,
      metas: metas.map((meta) => document.querySelector(`meta${meta}`)?.getAttribute('content')),
    }
  })
}

/** What the form is answered that a browser without JavaScript sends. */
async function posted(app: App, path: string, text: string): Promise<string> {
  const forms = formsOf(await (await app.fetch(path)).text())
  const body = new FormData()
  for (const [name, value] of forms.find(({ id }) => id === 'keep')!.fields)
    body.append(name, value)
  body.set('text', text)
  const answer = await app.fetch(path, { method: 'POST', body })
  expect(answer.status).toBe(200)
  return answer.text()
}

/** No script ran that was text, none is there, and no handler. */
async function expectUntouched(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBe(undefined)
  expect(await page.locator('img, [onmouseover], [onfocus], [onerror]').count()).toBe(0)
  const scripts = await page.evaluate(() => Array.from(document.scripts, (one) => one.text.trim()))
  expect(scripts.filter((code) => code.startsWith('window.ran'))).toEqual([])
}

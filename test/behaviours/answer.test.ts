import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, recordAnswers, visit } from '../support/visit.ts'

describe.for(modes)('in %s, the answer of a call', (mode) => {
  const app = useApp('docs-app', mode)

  test('that changed nothing is its value: the page is not rendered again (93)', async () => {
    const { page, during } = await visit(app(), '/update')
    const renders = await page.textContent('#renders')
    const answers = await recordAnswers(page, '**/update')
    const requests = await during(async () => {
      await page.click('#valueOnly')
      await expect.poll(() => page.textContent('#value')).not.toBe('')
    })
    expect(requests).toEqual(['POST /update'])
    expect(answers).toHaveLength(1)
    expect(answers[0]).not.toContain('page:/update')
    expect(await page.textContent('#renders')).toBe(renders)
  })

  const changing = [
    'withRevalidatePath',
    'withUpdateTag',
    'withRevalidateTag',
    'withRefresh',
    'withCookie',
  ]
  test.for(changing)('%s carries the new page; there is no second request (94)', async (name) => {
    const { page, during } = await visit(app(), '/update')
    const renders = Number(await page.textContent('#renders'))
    const requests = await during(async () => {
      await page.click(`#${name}`)
      await expectText(page, '#renders', String(renders + 1))
    })
    expect(requests).toEqual(['POST /update'])
    expect(await page.textContent('#value')).toBe(await page.textContent('#clicks'))
  })

  test('withRedirect carries the target; there is no second request (94, 105)', async () => {
    const { page, documents, during } = await visit(app(), '/update')
    const renders = Number(await page.textContent('#renders'))
    const requests = await during(async () => {
      await page.click('#withRedirect')
      await page.waitForURL('**/update?redirected=yes')
      await expectText(page, '#renders', String(renders + 1))
    })
    expect(requests).toEqual(['POST /update'])
    expect(documents).toEqual(['GET /update'])
  })

  test('withStaleTag carries no page: stale while revalidating (172)', async () => {
    const { page, during } = await visit(app(), '/update')
    const renders = await page.textContent('#renders')
    await during(async () => {
      await page.click('#withStaleTag')
      await expect.poll(() => page.textContent('#value')).not.toBe('')
    })
    expect(await page.textContent('#renders')).toBe(renders)
  })

  test('keeps inputs, focus, scroll position and client state, in page and layout (96)', async () => {
    const { page } = await visit(app(), '/update')
    await page.fill('#kept-note', 'noted')
    await page.click('#kept-count')
    await page.click('#own')
    await page.click('#own')
    const renders = Number(await page.textContent('#renders'))
    await page.fill('#typed', 'half a sen')
    await page.evaluate(() => window.scrollTo(0, 1_234))
    await page.evaluate(() => document.querySelector<HTMLElement>('#withRefresh')!.click())
    await expectText(page, '#renders', String(renders + 1))
    expect(await page.evaluate(() => window.scrollY)).toBe(1_234)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('typed')
    expect(await page.inputValue('#typed')).toBe('half a sen')
    expect(await page.inputValue('#kept-note')).toBe('noted')
    expect(await page.textContent('#own')).toBe('2')
    expect(await page.textContent('#kept-count')).toBe('1')
  })

  test.for(['in-form', 'in-handler'])(
    'shows no loading file in place of its page, slow as it is: call %s (97)',
    async (button) => {
      const { page } = await visit(app(), '/settling')
      const version = Number(await page.textContent('#version'))
      await page.fill('#typed', 'half a sen')
      await page.evaluate(() => {
        const watch = () => {
          if (document.querySelector('#loading')) document.title = 'loading'
        }
        new MutationObserver(watch).observe(document, { childList: true, subtree: true })
      })
      await page.click(`#${button}`)
      await expectText(page, '#version', String(version + 1))
      expect(await page.title()).toBe('Docs app')
      expect(await page.inputValue('#typed')).toBe('half a sen')
    },
  )

  test('appears together with a navigation that its caller makes after it (218)', async () => {
    const { page, documents } = await visit(app(), '/update')
    const clicks = Number(await page.textContent('#clicks'))
    await page.click('#push-after')
    await page.waitForURL('**/update?tab=2')
    await expectText(page, '#clicks', String(clicks + 1))
    await expectText(page, '#value', String(clicks + 1))
    await expectText(page, '#own', '1')
    expect(documents).toEqual(['GET /update'])
  })

  test('holds all that the function returned: what not to show is for the app to leave out (245)', async () => {
    const { page } = await visit(app(), '/update')
    const answers = await recordAnswers(page, '**/update')
    await page.click('#returns-all')
    await expectText(page, '#value', '7')
    expect(answers[0]).toContain('canary-password-hash')
  })

  test('does not reload the document, whatever it carries', async () => {
    const { page, documents } = await visit(app(), '/update')
    await page.evaluate(() => Object.assign(window, { marker: 'kept' }))
    for (const name of [...changing, 'valueOnly', 'withRedirect']) {
      const clicks = Number(await page.textContent('#clicks'))
      await page.click(`#${name}`)
      if (name === 'valueOnly') continue
      await expect
        .poll(async () => Number(await page.textContent('#clicks')))
        .toBeGreaterThan(clicks)
    }
    expect(documents).toEqual(['GET /update'])
    expect(await page.evaluate(() => (window as { marker?: string }).marker)).toBe('kept')
  })
})

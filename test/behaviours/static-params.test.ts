import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modes, startApp, type App } from '../support/app.ts'
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

  const renderedAt = async (target: string): Promise<string | undefined> => {
    const html = await (await app.fetch(target)).text()
    return /id="rendered">(.*?)</.exec(html)?.[1]
  }

  /** Clicks a button of the page, and gives what its call returned or threw. */
  async function run(page: Page, id: string): Promise<string> {
    await page.click(`#${id}`)
    await expect.poll(() => page.textContent('#result')).toMatch(new RegExp(`^${id} `))
    return (await page.textContent('#result'))!.slice(id.length + 1)
  }

  test('only listed parameters have a page where a file says so', async () => {
    const statusOf = async (target: string) => (await app.fetch(target)).status
    expect(await statusOf('/catalog')).toBe(200)
    expect(await statusOf('/catalog/tools/saws')).toBe(200)
    expect(await statusOf('/catalog/tools')).toBe(404)
    expect(await statusOf('/catalog/tools/saws/more')).toBe(404)
  })

  test.for(['/catalog', '/catalog/tools/saws'])(
    'a page at %s whose parameters are listed calls functions, also without JavaScript (58)',
    async (target) => {
      const headers = { cookie: 'user=ada' }
      const { page, during } = await visit(app, target, { headers })
      const before = await page.textContent('#rendered')
      expect(await during(() => run(page, 'who'))).toEqual([`POST ${target}`])
      expect(await page.textContent('#result')).toBe('who "ada"')
      expect(await page.textContent('#rendered')).toBe(before)
      const calls = source.reads('called-by-ada')
      const plain = await visit(app, target, { headers, javaScript: false })
      await plain.page.click('#submit')
      await expect.poll(() => source.reads('called-by-ada')).toBe(calls + 1)
      expect(new URL(plain.page.url()).pathname).toBe(target)
      await expectText(plain.page, 'h1', target.slice(1))
    },
  )

  test.runIf(mode === 'start')(
    'a page whose parameters are listed is kept until a call invalidates its path (183)',
    async () => {
      const [one, other] = [await renderedAt('/catalog/tools/saws'), await renderedAt('/catalog')]
      expect(await renderedAt('/catalog/tools/saws')).toBe(one)
      const { page } = await visit(app, '/catalog/tools/saws')
      expect(await page.textContent('#rendered')).toBe(one)
      await run(page, 'path')
      await expect.poll(() => page.textContent('#rendered')).not.toBe(one)
      const after = await renderedAt('/catalog/tools/saws')
      expect(after).not.toBe(one)
      expect(await renderedAt('/catalog/tools/saws')).toBe(after)
      expect(await renderedAt('/catalog')).toBe(other)
    },
  )

  test('a call and a form of a page that is forced to be static run for their visitor (259)', async () => {
    const headers = { cookie: 'user=bob' }
    const { page } = await visit(app, '/static', { headers })
    expect(await page.textContent('#user')).toBe('nobody')
    expect(await run(page, 'who')).toBe('"bob"')
    const calls = source.reads('called-by-bob')
    const plain = await visit(app, '/static', { headers, javaScript: false })
    for (const count of [1, 2]) {
      await plain.page.click('#submit')
      await expect.poll(() => source.reads('called-by-bob')).toBe(calls + count)
    }
    expect(await plain.page.textContent('#user')).toBe('nobody')
  })

  test('`dynamic` and `maxDuration` of a page count for its calls (258)', async () => {
    const forced = await visit(app, '/static')
    const before = await forced.page.textContent('#static')
    await run(forced.page, 'cookie')
    await expect.poll(() => forced.page.textContent('#static')).not.toBe(before)
    expect(await forced.page.textContent('#user')).toBe('nobody')
    const { page } = await visit(app, '/brief', { problems: 'expected' })
    expect(await run(page, 'wait')).toMatch(/^failed: CallTimeoutError/)
  })
})

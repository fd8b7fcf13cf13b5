import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { runCli } from '../support/cli.ts'
import { buildFixture } from '../support/fixture.ts'
import { freePort } from '../support/free-port.ts'
import { useApp } from '../support/shared-app.ts'
import { closeOverlay, expectText, visit } from '../support/visit.ts'

type Told = Record<string, unknown>
type Records = { registered: string[]; told: Told[] }

async function recordsOf(app: App): Promise<Records> {
  return (await app.fetch('/instrumented/records')).json() as Promise<Records>
}

/** What was told while `act` ran; at least one record is waited for. */
async function toldOf(app: App, act: () => Promise<unknown>): Promise<Told[]> {
  const before = (await recordsOf(app)).told.length
  await act()
  const told = async () => (await recordsOf(app)).told.slice(before)
  await expect.poll(told).not.toEqual([])
  return told()
}

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test('register() has ended before the first answer, and runs once (199)', async () => {
    expect((await recordsOf(app())).registered).toEqual(['nodejs'])
    await app().fetch('/instrumented')
    expect((await recordsOf(app())).registered).toEqual(['nodejs'])
  })

  test('a function’s error is told as an action, of a call and of a form (199)', async () => {
    const { page } = await visit(app(), '/instrumented', { problems: 'expected' })
    const told = await toldOf(app(), async () => {
      await page.click('#call')
      await expectText(page, '#caught', 'caught')
      await closeOverlay(page)
    })
    const record = {
      message: 'canary-told-action',
      digest: expect.stringMatching(/^\S+$/),
      path: '/instrumented',
      method: 'POST',
      host: new URL(app().origin).host,
      routerKind: 'App Router',
      routePath: '/instrumented',
      routeType: 'action',
    }
    expect(told).toEqual([record])

    const { page: plain } = await visit(app(), '/instrumented', { javaScript: false })
    expect(await toldOf(app(), () => plain.click('#form'))).toEqual([record])
  })

  test('a page’s error is told with its route’s pattern and what was rendered (199)', async () => {
    const told = await toldOf(app(), () => app().fetch('/instrumented/failing/page?q=1'))
    expect(told).toEqual([
      expect.objectContaining({
        message: 'canary-told-page',
        path: '/instrumented/failing/page?q=1',
        method: 'GET',
        routePath: '/instrumented/failing/[part]',
        routeType: 'render',
        renderSource: 'react-server-components',
      }),
    ])
  })

  test('an error of the HTML alone, and one of a payload, say so (199)', async () => {
    const [html] = await toldOf(app(), () => app().fetch('/instrumented/failing/html'))
    expect(html).toMatchObject({ message: 'thrown-in-html', renderSource: 'server-rendering' })
    const target = '/-/payload/instrumented/failing/payload'
    const [payload] = await toldOf(app(), () => app().fetch(target))
    expect(payload).toMatchObject({
      message: 'canary-told-payload',
      path: '/instrumented/failing/payload',
      renderSource: 'react-server-components-payload',
    })
  })

  test('a route handler’s error is told as that of a route (199)', async () => {
    const told = await toldOf(app(), () => app().fetch('/instrumented/handler'))
    expect(told).toEqual([
      expect.objectContaining({
        message: 'canary-told-handler',
        routePath: '/instrumented/handler',
        routeType: 'route',
      }),
    ])
  })

  test('redirects and interruptions are not told (138)', async () => {
    const { page } = await visit(app(), '/instrumented', { javaScript: false })
    const told = await toldOf(app(), async () => {
      await page.click('#redirect')
      await page.click('#not-found')
      await app().fetch('/instrumented/failing/gone')
      await app().fetch('/instrumented/handler?gone')
      await app().fetch('/nowhere/at/all')
      await app().fetch('/instrumented/handler?how=last')
    })
    expect(told.map(({ message }) => message)).toEqual(['canary-told-last'])
  })

  test('what onRequestError throws is logged, and changes nothing', async () => {
    const before = app().output().length
    const response = await app().fetch('/instrumented/handler?how=badly')
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
    await expect.poll(() => app().output().slice(before)).toContain('canary-observer-failed')
  })

  test('the browser runs instrumentation-client first, and tells it of navigations', async () => {
    const { page } = await visit(app(), '/pending')
    expect(await page.evaluate(() => Reflect.get(window, 'instrumentedFirst'))).toBe(true)
    await page.click('#other')
    await expectText(page, 'h1', 'Instrumented')
    await page.goBack()
    await expectText(page, '#status-other', 'idle')
    const transitions = await page.evaluate(() => Reflect.get(window, 'transitions'))
    expect(transitions).toEqual(['push /instrumented', `traverse ${app().origin}/pending`])
  })
})

test('a register() that fails ends start, with the file and the reason', async () => {
  const root = await buildFixture('docs-app')
  const environment = { REGISTER_FAILS: '1' }
  const command = runCli(['start', root, '--port', String(await freePort())], { environment })
  expect(await command.exited).toBe(1)
  expect(command.output()).toMatch(/^volley: register\(\) of instrumentation\.ts failed/)
  expect(command.output()).toContain('canary-no-collector')
})

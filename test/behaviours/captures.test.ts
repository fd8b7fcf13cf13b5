import { describe, expect, onTestFinished, test } from 'vitest'
import { type App, modes, serve } from '../support/app.ts'
import { formsOf, type HtmlForm } from '../support/call.ts'
import { runCli } from '../support/cli.ts'
import { copyFixture } from '../support/fixture.ts'
import { useApp } from '../support/shared-app.ts'

describe.for(modes)('in %s, captured values', (mode) => {
  const app = useApp('docs-app', mode)

  test('that were altered are refused, and the function does not run (46)', async () => {
    const form = await formOf(app(), '/inline?owner=ada', 'arrow')
    const altered = form.map(([name, value]): Field =>
      name.endsWith(':1') ? [name, value.replace(/.(?=.{20}$)/, flipped)] : [name, value],
    )
    expect(altered).not.toEqual(form)
    const refused = await post(app(), '/inline?owner=ada', [...altered, ['text', 'of-altered']])
    expect([refused.status, await refused.text()]).toEqual([400, 'volley: bad-request'])
    const taken = await post(app(), '/inline?owner=ada', [...form, ['text', 'of-unaltered']])
    expect(taken.status).toBe(200)
    const page = await taken.text()
    expect([page.includes('of-altered'), page.includes('of-unaltered')]).toEqual([false, true])
  })
})

test('captured values of a page open wherever the key is the same (243)', async () => {
  const [first, second] = [await start('first', 'one key'), await start('second', 'one key')]
  const form = await formOf(first, '/', 'bound')
  expect((await post(second, '/', form)).status).toBe(200)
})

test('those of another key are answered as a function that is gone (244)', async () => {
  const [first, other] = [await start('first', 'one key'), await start('other', 'another key')]
  const answer = await post(other, '/', await formOf(first, '/', 'bound'))
  expect([answer.status, await answer.text()]).toEqual([404, 'volley: stale'])
  expect((await other.fetch('/')).status).toBe(200)
})

type Field = HtmlForm['fields'][number]

async function formOf(app: App, path: string, id: string): Promise<Field[]> {
  const html = await (await app.fetch(path)).text()
  const { fields } = formsOf(html).find((form) => form.id === id)!
  return fields.filter(([name]) => name.startsWith('$ACTION'))
}

function post(app: App, path: string, fields: readonly Field[]): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  return app.fetch(path, { method: 'POST', body })
}

function flipped(character: string): string {
  return character === 'A' ? 'B' : 'A'
}

/** A build of its own, as that of another deployment. */
async function start(name: string, secret: string): Promise<App> {
  const root = copyFixture('rules-app', `rules-app-${name}`)
  const environment = { VOLLEY_SECRET: secret }
  const build = runCli(['build', root], { environment })
  expect(await build.exited, build.output()).toBe(0)
  const app = await serve(root, 'start', { environment })
  onTestFinished(async () => void (await app.stop()))
  return app
}

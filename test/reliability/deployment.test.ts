import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { serve, type App } from '../support/app.ts'
import { expectAlive, stateOf } from '../support/attack.ts'
import { call, formsOf, functionOf, type HtmlForm } from '../support/call.ts'
import { runCli } from '../support/cli.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { copyFixture } from '../support/fixture.ts'
import { functionIds } from '../support/function-ids.ts'
import { visit } from '../support/visit.ts'

const secret = 'a secret of both builds'
const page = 'app/page.tsx'
const actions = 'app/actions.ts'

type Edit = (text: string) => string
type Edits = Record<string, Edit>
type Build = { root: string; ids: Record<string, string> }

/** The inline functions of the page change places. */
const reorder: Edit = (text) => {
  const [, inline = '', other = ''] =
    /( {2}async function inline.*?\n {2}\}\n)\n( {2}async function otherInline.*?\n {2}\}\n)/s.exec(
      text,
    ) ?? []
  expect([inline.length, other.length]).not.toContain(0)
  return text.replace(`${inline}\n${other}`, `${other}\n${inline}`)
}

/** `otherInline` does something else by the same name. */
const change: Edit = (text) => text.replace('note(`other ', 'note(`changed other ')

/** The exports of a file stay what they are when others come and what stands beside them changes. */
const extend: Edit = (text) =>
  text
    .replace(/^export /m, 'export async function added() {}\n\nexport ')
    .replace('return value\n', 'return [value].flat(0)[0]\n')

const builds = new Map<string, Build>()

beforeAll(async () => {
  await build('a', {}, secret)
  await build('b', { [page]: (text) => change(reorder(text)), [actions]: extend }, secret)
  await build('rotated', {}, `a newer secret,${secret}`)
})

async function build(name: string, edits: Edits, key: string): Promise<void> {
  const root = copyFixture('attack-app', `attack-app-${name}`)
  for (const [source, edit] of Object.entries(edits)) {
    const file = path.join(root, source)
    const text = readFileSync(file, 'utf8')
    expect(edit(text)).not.toBe(text)
    writeFileSync(file, edit(text))
  }
  const environment = { VOLLEY_SECRET: key }
  const command = runCli(['build', root], { environment })
  expect(await command.exited, command.output()).toBe(0)
  builds.set(name, { root, ids: await functionIds(root, environment) })
}

async function start(name: string, key: string): Promise<App> {
  const app = await serve(builds.get(name)!.root, 'start', { environment: { VOLLEY_SECRET: key } })
  onTestFinished(async () => void (await app.stop()))
  return app
}

async function formsOfPage(app: App): Promise<Record<string, HtmlForm>> {
  const forms = formsOf(await (await app.fetch('/')).text())
  return Object.fromEntries(forms.map((form) => [form.id, form]))
}

function post(app: App, form: HtmlForm): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of form.fields) body.append(name, value)
  return app.fetch('/', { method: 'POST', body })
}

async function ran(app: App): Promise<string[]> {
  return Object.keys((await stateOf(app)).effects)
}

test('3: a page of build A never runs a wrong function of build B (243, 244)', async () => {
  const [a, b] = [await start('a', secret), await start('b', secret)]
  const forms = await formsOfPage(a)
  expect((await post(b, forms['inline']!)).status).toBe(200)
  const [effect] = await ran(b)
  expect(effect).toMatch(/^inline /)
  const stale = await post(b, forms['other']!)
  expect([stale.status, await stale.text()]).toEqual([404, 'volley: stale'])
  expect(await ran(b)).toEqual([effect])
  await expectAlive(b)
})

test('3: nor does a call of such a page', async () => {
  const [a, b] = [await start('a', secret), await start('b', secret)]
  const id = functionOf((await formsOfPage(a))['other']!)
  const answer = await call(b, id, { args: ['', new FormData()] })
  expect([answer.status, answer.text]).toEqual([404, 'volley: stale'])
  expect(await ran(b)).toEqual([])
  await expectAlive(b)
})

test('37: two builds behind one port answer the calls of both pages', async () => {
  const [a, b] = [await start('a', secret), await start('b', secret)]
  const proxy = await startFaultProxy([a.port, b.port])
  const origin = `http://localhost:${proxy.port}`
  const balanced = {
    ...a,
    origin,
    fetch: (target: string, init?: RequestInit) => ask(origin, target, init),
  }
  const ids = ['a', 'b'].map((name) => builds.get(name)!.ids['echo']!)
  // Two of each page in turn, so that each build gets calls of both.
  const pages = Array.from({ length: 20 }, (_, i) => ids[(i >> 1) % 2]!)
  const answers = await Promise.all(
    pages.map((id, i) => call(balanced, id, { args: [`answer ${i}`] })),
  )
  expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 200))
  expect(answers.every(({ text }, i) => text.includes(`"value":"answer ${i}"`))).toBe(true)
  const counts = await Promise.all([a, b].map(async (app) => (await stateOf(app)).effects['echo']))
  expect(counts).toEqual([10, 10])
})

/** Each request on a connection of its own, so that the balancer has something to balance. */
function ask(origin: string, target: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('connection', 'close')
  return fetch(new URL(target, origin), { ...init, headers })
}

test('37: captures of a page open after its key was replaced (243, 244)', async () => {
  const a = await start('a', secret)
  const forms = await formsOfPage(a)
  const rotated = await start('rotated', `a newer secret,${secret}`)
  for (const id of ['inline', 'other', 'remove', 'submit']) {
    expect((await post(rotated, forms[id]!)).status).toBe(200)
  }
  expect(await ran(rotated)).toHaveLength(4)
  const without = await start('rotated', 'a newer secret')
  expect((await post(without, forms['inline']!)).status).toBe(404)
  expect(await ran(without)).toEqual([])
})

test('37: the caller of a function that is gone learns it, and what was typed stays', async () => {
  const [a, b] = [await start('a', secret), await start('b', secret)]
  const proxy = await startFaultProxy([a.port])
  const { page: tab } = await visit({ ...a, origin: `http://localhost:${proxy.port}` }, '/', {
    problems: 'expected',
  })
  await tab.fill('#submit input[name=text]', 'typed before')
  proxy.balance([b.port])
  await a.stop()
  await tab.click('#other button')
  await expect.poll(() => tab.textContent('body')).toContain('is of another build')
  await tab.click('text=Try again')
  expect(await tab.inputValue('#submit input[name=text]')).toBe('typed before')
  expect(await ran(b)).toEqual([])
})

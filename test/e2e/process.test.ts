import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serve, startApp, type App } from '../support/app.ts'
import { call } from '../support/call.ts'
import { runCli } from '../support/cli.ts'
import { buildFixture, copyFixture } from '../support/fixture.ts'
import { freePort } from '../support/free-port.ts'
import { expectText, visit } from '../support/visit.ts'

describe('volley start', () => {
  test('asked to stop, answers what it was asked before, and ends with 0', async () => {
    const app = await startApp('calls-app', 'start')
    const id = await idOf(app.root, 'twoSeconds')
    const calls = [1, 2, 3].map((index) => call(app, id, { args: [index] }))
    const running = async () =>
      ((await (await app.fetch('/stats')).json()) as { running: number }).running
    await expect.poll(running).toBe(3)
    const stopped = app.stop()
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await stopped).toBe(0)
  })

  test('takes its port from PORT', async () => {
    const root = await buildFixture('calls-app')
    const port = await freePort()
    const command = runCli(['start', root], { environment: { PORT: String(port) } })
    onTestFinished(async () => {
      command.child.kill('SIGTERM')
      await command.exited
    })
    await expect.poll(command.stdout).toContain(`http://localhost:${port}\n`)
    expect((await fetch(`http://localhost:${port}/other`)).status).toBe(200)
  })

  test('says so when its port is taken', async () => {
    const app = await startApp('calls-app', 'start')
    onTestFinished(async () => void (await app.stop()))
    const second = runCli(['start', app.root, '--port', String(app.port)])
    expect(await second.exited).toBe(1)
    expect(second.output()).toContain(String(app.port))
    expect(second.output()).not.toContain('    at ')
  })

  test('says what to do when there is no build', async () => {
    const root = copyFixture('calls-app', 'calls-app-unbuilt')
    const command = runCli(['start', root])
    expect(await command.exited).toBe(1)
    expect(command.output()).toContain('volley build')
  })
})

/** One page stays open while the server behind it is replaced by another build. */
describe('after a deployment', () => {
  test('an old page’s call runs and brings its value, but no elements of the new build', async () => {
    const { app, visitor } = await deploy((text) => text.replace('<h1>Calls', '<h1>New calls'))
    const { page, documents, during } = visitor
    await page.evaluate(() => Object.assign(window, { marker: 'kept' }))
    const requests = await during(async () => {
      await page.click('#bump')
      await expect.poll(async () => (await statsOf(app)).count).toBe(1)
    })
    expect(requests).toEqual(['POST /'])
    expect(await page.textContent('h1')).toBe('Calls')
    expect(await page.textContent('#count')).toBe('0')
    expect(documents).toHaveLength(1)
    expect(await page.evaluate(() => (window as { marker?: string }).marker)).toBe('kept')
  })

  test('the next navigation of an old page loads a document', async () => {
    const { visitor } = await deploy((text) => text.replace('<h1>Calls', '<h1>New calls'))
    const { page, documents } = visitor
    await page.click('#to-other')
    await expectText(page, 'h1', 'Other')
    expect(documents).toEqual(['GET /', 'GET /other'])
    await page.click('#to-home')
    await expectText(page, 'h1', 'New calls')
    expect(documents).toHaveLength(2)
  })
})

/** Opens the page of one build, then lets another build, with the same key, answer in its place. */
async function deploy(change: (text: string) => string) {
  const environment = { VOLLEY_SECRET: 'a secret of both builds' }
  const port = await freePort()
  const first = await built('calls-app-first', (text) => text, environment)
  const second = await built('calls-app-second', change, environment)
  const old = await serve(first, 'start', { port, environment })
  const visitor = await visit(old, '/')
  await old.stop()
  const app = await serve(second, 'start', { port, environment })
  onTestFinished(async () => void (await app.stop()))
  return { app, visitor }
}

type Change = (text: string) => string

async function built(name: string, change: Change, environment: Record<string, string>) {
  const root = copyFixture('calls-app', name)
  const page = path.join(root, 'app/page.tsx')
  writeFileSync(page, change(readFileSync(page, 'utf8')))
  const build = runCli(['build', root], { environment })
  expect(await build.exited, build.output()).toBe(0)
  return root
}

async function statsOf(app: App): Promise<{ count: number }> {
  return (await (await app.fetch('/stats')).json()) as { count: number }
}

async function idOf(root: string, name: string): Promise<string> {
  const command = runCli(['functions', root, '--json'])
  expect(await command.exited, command.output()).toBe(0)
  const functions = JSON.parse(command.stdout()) as { name: string; id: string }[]
  return functions.find((one) => one.name === name)!.id
}

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve, type App } from '../support/app.ts'
import { call } from '../support/call.ts'
import { runCli } from '../support/cli.ts'
import { copyFixture } from '../support/fixture.ts'
import { useApp } from '../support/shared-app.ts'
import { visit } from '../support/visit.ts'

type Listed = {
  id: string
  name: string
  file: string
  line: number
  exported: boolean
  referencedBy: string[]
}

describe('a production build', () => {
  const app = useApp('docs-app', 'start')
  let functions: Listed[] = []
  beforeAll(async () => {
    functions = await list(app().root)
  })

  test('lists its functions with id, name, file, line and who references them', () => {
    const create = functions.find(({ name }) => name === 'createPost')
    expect(create).toEqual({
      id: expect.stringMatching(/^[\w-]{22}\w$/),
      name: 'createPost',
      file: 'app/posts/actions.ts',
      line: 7,
      exported: true,
      referencedBy: ['app/posts/page.tsx'],
    })
    const inline = functions.find(({ file }) => file === 'app/segment/page.tsx')
    expect(inline).toMatchObject({ name: expect.stringContaining('answer'), exported: false })
  })

  test('has ids that no name leads to (232)', () => {
    for (const { id, name, file } of functions) {
      expect(id).not.toContain(name)
      expect(id).not.toContain(Buffer.from(`${file}#${name}`).toString('base64url').slice(0, 8))
    }
    expect(new Set(functions.map(({ id }) => id)).size).toBe(functions.length)
  })

  test('has no endpoint and no code for an export that nobody uses (233)', async () => {
    expect(functions.map(({ name }) => name)).not.toContain('neverReferenced')
    const everything = textOf(path.join(app().root, 'dist'), /\.(js|json|css|html)$/)
    expect(everything).toContain('canary-server-library')
    expect(everything).not.toContain('canary-unreferenced-function')
    expect(everything).not.toContain('canary-environment-secret')
    for (const guess of ['neverReferenced', 'app/posts/actions.ts#neverReferenced']) {
      expect((await call(app(), guess, { path: '/posts' })).status).toBe(404)
    }
  })

  test('gives a page only the ids of the functions that its Client Components use (234)', async () => {
    const like = functions.find(({ name }) => name === 'incrementLike')!
    const views = functions.find(({ name }) => name === 'incrementViews')!
    const page = await scriptsOf(app(), '/like')
    expect(page).toContain(like.id)
    expect(page).not.toContain(views.id)
    const isolated = await scriptsOf(app(), '/isolated')
    expect(functions.filter(({ id }) => isolated.includes(id))).toEqual([])
  })

  test('serves no server source, no secret and no text of a function to the browser (7, 235)', () => {
    const client = textOf(path.join(app().root, 'dist/client'), /./)
    const sources = ['canary-', 'server-only', 'createHash', 'neverReferenced', 'unreferenced']
    expect(sources.filter((text) => client.includes(text))).toEqual([])
    expect(
      readdirSync(path.join(app().root, 'dist/client'), { recursive: true }),
    ).not.toContainEqual(expect.stringMatching(/\.map$/))
  })

  const hidden = [
    '/dist/server/functions.json',
    '/server/functions.json',
    '/functions.json',
    '/..%2fserver/functions.json',
    '/%2e%2e/server/functions.json',
    '/assets/..%2f..%2fserver/functions.json',
    '/node_modules/.volley/secret',
    '/package.json',
    '/app/posts/actions.ts',
    '/vite.config.ts',
  ]
  test.for(hidden)('does not serve %s', async (target) => {
    const response = await app().fetch(target)
    expect(response.status).toBe(404)
  })

  test('answers nothing with a secret, a capture, a source or an error’s message', async () => {
    const targets = ['/inline?owner=ada', '/definitions', '/captured', '/errors', '/environment']
    const answers = await Promise.all(
      targets
        .flatMap((target) => [target, `/-/payload${target}`])
        .map(async (target) => {
          const response = await app().fetch(target)
          return `${await response.text()} ${JSON.stringify([...response.headers])}`
        }),
    )
    const failing = functions.filter(({ file }) => file === 'app/errors/actions.ts')
    for (const { id } of failing) {
      const answer = await call(app(), id, { path: '/errors' })
      answers.push(`${answer.text} ${JSON.stringify([...answer.headers])}`)
    }
    expect(failing.length).toBeGreaterThan(2)
    for (const answer of answers) {
      expect(answer).not.toContain('canary')
      expect(answer).not.toContain('use server')
      expect(answer).not.toContain(app().root)
    }
  })

  test('does not give the source of a function away by turning it into text', async () => {
    const html = await (await app().fetch('/inline?owner=ada')).text()
    expect(html).not.toContain('records.push')
  })
})

describe('the ids of two builds', () => {
  const running: App[] = []
  afterAll(async () => {
    await Promise.all(running.map((app) => app.stop()))
  })

  test('are the same with the same key, and others with another key (232)', async () => {
    const first = secretOf('first')
    const ids = await idsWith(first)
    expect(ids.length).toBe(2)
    expect(await idsWith(first)).toEqual(ids)
    const others = await idsWith(secretOf('second'))
    expect(others.filter((id) => ids.includes(id))).toEqual([])

    const refused = runCli(['start', copyRoot(), '--port', '1'], environmentWith(first))
    expect(await refused.exited).not.toBe(0)
    expect(refused.output()).toMatch(/VOLLEY_SECRET/)

    const ring = `${first},${secretOf('second')}`
    const app = await serve(copyRoot(), 'start', environmentWith(ring))
    running.push(app)
    for (const id of [...ids, ...others]) {
      expect((await call(app, id, { args: [new FormData()] })).status, id).toBe(200)
    }
  })
})

/** The ids of a fresh build of the app with this key. */
async function idsWith(secret: string): Promise<string[]> {
  const root = copyFixture('guard-app', 'guard-app-keys')
  const build = runCli(['build', root], environmentWith(secret))
  expect(await build.exited, build.stderr()).toBe(0)
  return (await list(root, secret)).map(({ id }) => id).toSorted()
}

function copyRoot(): string {
  return path.resolve('test/.apps/guard-app-keys')
}

/** All the scripts that a page loads. */
async function scriptsOf(app: App, target: string): Promise<string> {
  const { page, context } = await visit(app, target, { early: true })
  const code: string[] = []
  await context.route('**/*.js', async (route) => {
    const response = await route.fetch()
    code.push(await response.text())
    await route.fulfill({ response })
  })
  await page.goto(target)
  await page.waitForLoadState('networkidle')
  return code.join('\n')
}

/** 32 bytes that are the same in every run. */
function secretOf(name: string): string {
  return Buffer.from(name.padEnd(32, '.')).toString('base64')
}

function environmentWith(secret: string | undefined) {
  return { environment: { VOLLEY_SECRET: secret } }
}

async function list(root: string, secret?: string): Promise<Listed[]> {
  const command = runCli(['functions', root, '--json'], environmentWith(secret))
  expect(await command.exited, command.stderr()).toBe(0)
  return JSON.parse(command.stdout()) as Listed[]
}

function textOf(directory: string, pattern: RegExp): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

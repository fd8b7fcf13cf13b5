import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { failingBuild, lineOf } from '../support/failing-build.ts'
import { copyFixture } from '../support/fixture.ts'
import { expectText, visit, type Visit } from '../support/visit.ts'

describe('while an app is developed', () => {
  let app: App

  /** The watcher takes two changes within a few milliseconds for one: mends until it has seen it. */
  async function expectMended(target: string, mend: () => void): Promise<void> {
    const status = async () => {
      mend()
      return (await app.fetch(target)).status
    }
    await expect.poll(status, { interval: 250 }).toBe(200)
  }

  beforeAll(async () => {
    app = await startApp('docs-app', 'dev', { copy: 'docs-app-edited' })
  })
  afterAll(async () => {
    await app.stop()
  })

  test('an edited function is what the next call runs; nothing is reloaded (260)', async () => {
    const { page, documents } = await visit(app, '/definitions')
    await page.fill('#kept-note', 'noted')
    await page.click('#arrow')
    await expectText(page, '#result', 'arrow x')
    app.edit('app/definitions/actions.ts', (text) => text.replace('`arrow ', '`edited arrow '))
    await expect
      .poll(async () => {
        await page.click('#arrow')
        return page.textContent('#result')
      })
      .toBe('edited arrow x')
    expect(await page.inputValue('#kept-note')).toBe('noted')
    expect(documents).toHaveLength(1)
  })

  test('an edited inline function is what the next submission runs (260)', async () => {
    const { page, documents } = await visit(app, '/inline')
    const submit = async () => {
      await page.click('#snapshot button')
      return page.textContent('#records')
    }
    await expect.poll(submit).toContain('snapshot of render')
    app.edit('app/inline/page.tsx', (text) => text.replace('`snapshot of', '`edited snapshot of'))
    await expect.poll(submit).toContain('edited snapshot of render')
    expect(documents).toHaveLength(1)
  })

  test('an edited Server Component appears and client state stays', async () => {
    const { page, documents } = await visit(app, '/update')
    await page.fill('#typed', 'half a sen')
    await page.click('#own')
    app.edit('app/update/page.tsx', (text) => text.replace('id="clicks"', 'id="edited"'))
    await page.waitForSelector('#edited')
    expect(await page.inputValue('#typed')).toBe('half a sen')
    expect(await page.textContent('#own')).toBe('1')
    expect(documents).toHaveLength(1)
  })

  test('an edited Client Component appears and keeps its state', async () => {
    const { page, documents } = await visit(app, '/isolated')
    await page.click('#toggle')
    await expectText(page, '#toggle', 'on')
    app.edit('app/isolated/toggle.tsx', (text) => text.replace("'on'", "'still on'"))
    await expectText(page, '#toggle', 'still on')
    expect(documents).toHaveLength(1)
  })

  test('a compile error shows file and line over the page, and clears when mended (10)', async () => {
    const visitor = await visit(app, '/posts', { problems: 'expected' })
    const { page } = visitor
    app.edit('app/posts/actions.ts', (text) => `${text}\nexport const limit = 10\n`)
    const line = lineOf(path.join(app.root, 'app/posts/actions.ts'), 'export const limit')
    await expect.poll(() => overlayOf(visitor)).toContain(`app/posts/actions.ts:${line}:`)
    const overlay = await overlayOf(visitor)
    expect(overlay).toMatch(/limit/)
    expect(overlay).toMatch(/async function/)
    expect(overlay).toContain('export const limit = 10')
    // The watcher takes two changes within a few milliseconds for one, so mend until it has seen it.
    const mend = () =>
      app.edit('app/posts/actions.ts', (text) => text.replace('\nexport const limit = 10\n', ''))
    await expect
      .poll(
        async () => {
          mend()
          return page.locator('vite-error-overlay').count()
        },
        { interval: 250 },
      )
      .toBe(0)
    await page.waitForSelector('#create')
    await page.fill('#create input[name=title]', 'after the error')
    await page.click('#create button')
    await page.waitForSelector('li[data-title="after the error"]')
  })

  test('a compile error is also what a page that is opened then shows (38)', async () => {
    app.edit('app/like/actions.ts', (text) => text.replace('export async', 'export'))
    await expect.poll(async () => (await app.fetch('/like')).status).toBe(500)
    const { page } = await visit(app, '/like', { problems: 'expected', early: true })
    await expect
      .poll(() =>
        page
          .locator('vite-error-overlay')
          .count()
          .catch(() => 0),
      )
      .toBe(1)
    app.edit('app/like/actions.ts', (text) =>
      text.replace('export function', 'export async function'),
    )
    await expectText(page, '#like', 'Like')
  })

  test('an export that turns out to be no function is an error that says what it is (283)', async () => {
    const wrong = '\nexport const limit = Number(10)\n'
    app.edit('app/status/actions.ts', (text) => text + wrong)
    await expect.poll(async () => (await app.fetch('/status')).status).toBe(500)
    expect(app.output()).toMatch(
      /may only export async .* app\/status\/actions\.ts#limit is number/,
    )
    await expectMended('/status', () =>
      app.edit('app/status/actions.ts', (text) => text.replace(wrong, '')),
    )
  })

  test('an error of a server function shows file and line over the page (202)', async () => {
    const visitor = await visit(app, '/errors', { problems: 'expected' })
    await visitor.page.click('#form')
    const line = lineOf(path.join(app.root, 'app/errors/actions.ts'), 'throw new Error')
    await expect.poll(() => overlayOf(visitor)).toContain(`app/errors/actions.ts:${line}:`)
    expect(await overlayOf(visitor)).toContain('canary-error-message')
  })

  test('every call is a line of the log: name, arguments, outcome, duration (261)', async () => {
    const { page } = await visit(app, '/protocol')
    const before = app.output().length
    await page.click('#say')
    await expectText(page, '#result', 'said hello')
    const log = () => app.output().slice(before)
    await expect.poll(log).toMatch(/app\/protocol\/actions\.ts#say\W+"?hello.*\d+ ?ms/)
  })

  test('a new page is found without a restart', async () => {
    expect((await app.fetch('/added')).status).toBe(404)
    mkdirSync(path.join(app.root, 'app/added'))
    const code = 'export default function Page() { return <h1>Added</h1> }'
    writeFileSync(path.join(app.root, 'app/added/page.tsx'), code)
    const types = () => readFileSync(path.join(app.root, 'volley-env.d.ts'), 'utf8')
    await expect.poll(types).toContain("'/added': true")
    await expect.poll(async () => (await app.fetch('/added')).text()).toContain('Added')
  })
})

type Mistake = {
  file: string
  change: (text: string) => string
  /** What stands on the line that the message names. */
  line: string
  message: RegExp
}

const mistakes: Record<string, Mistake> = {
  'an inline function in a Client Component (8)': {
    file: 'app/isolated/toggle.tsx',
    change: (text) => `${text}\nexport async function inline() {\n  'use server'\n}\n`,
    line: 'export async function inline',
    message: /Client Component|'use client'/,
  },
  'a function that is not async (9)': {
    file: 'app/posts/actions.ts',
    change: (text) => `${text}\nexport function early() {}\n`,
    line: 'export function early',
    message: /async/,
  },
  'an inline function that is not async (11)': {
    file: 'app/segment/page.tsx',
    change: (text) => text.replace('async function answer', 'function answer'),
    line: 'function answer',
    message: /async/,
  },
}

describe('a build', () => {
  test.for(Object.entries(mistakes))(
    'fails with file, line and code frame for %s',
    async ([, { file, change, line, message }]) => {
      const root = copyFixture('docs-app', 'docs-app-mistaken')
      const absolute = path.join(root, file)
      writeFileSync(absolute, change(readFileSync(absolute, 'utf8')))
      const output = await failingBuild(root)
      expect(output).toContain(`${file}:${lineOf(absolute, line)}:`)
      expect(output).toMatch(message)
      expect(output).toContain(line.trim())
    },
  )

  test.for(["server: { bodySizeLimit: '-1mb' }", "server: { bodySizeLimit: 'much' }"])(
    'fails for an option that cannot be: %s (241)',
    async (option) => {
      const root = copyFixture('guard-app', 'guard-app-mistaken')
      const config = path.join(root, 'vite.config.ts')
      const text = readFileSync(config, 'utf8')
      writeFileSync(config, text.replace(/server: \{.*\},\n {4}\}/s, `${option},\n    }`))
      expect(await failingBuild(root)).toMatch(
        /`server\.bodySizeLimit` is "(-1mb|much)", but must be/,
      )
    },
  )

  test('fails for server-only in a Client Component and names the importer (7)', async () => {
    const root = copyFixture('docs-app', 'docs-app-mistaken')
    const absolute = path.join(root, 'app/isolated/toggle.tsx')
    const text = readFileSync(absolute, 'utf8')
    writeFileSync(absolute, text.replace('import {', "import 'server-only'\nimport {"))
    const output = await failingBuild(root)
    expect(output).toContain('server-only')
    expect(output).toContain('app/isolated/toggle.tsx')
  })
})

/** The text of Vite's overlay; it lives in a shadow root. */
async function overlayOf({ page }: Visit): Promise<string> {
  return page.evaluate(
    () => document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? '',
  )
}

import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  async function left(): Promise<Record<string, string>> {
    return (await app().fetch('/later/left')).json() as Promise<Record<string, string>>
  }

  async function openGate(name: string): Promise<void> {
    await app().fetch('/later/left', { method: 'POST', body: name })
  }

  async function run(page: Page, line: string): Promise<void> {
    await page.fill('input[name=line]', line)
    await page.click('#run')
  }

  test.for([
    ['value', '#result', 'value'],
    ['redirect', 'h1', 'Target'],
    ['not-found', 'h1', '404 This page could not be found.'],
    ['error', 'h1', 'Something went wrong.'],
  ] as const)(
    'a task of after() runs once the answer was sent, which is one of a %s (265)',
    async ([ending, selector, text]) => {
      const { page } = await visit(app(), '/later', { problems: 'expected' })
      const key = randomUUID()
      await run(page, `endIn ${ending} ${key}`)
      await expectText(page, selector, text)
      expect((await left())[`${key} at the end`]).toBe('nothing')
      await expect.poll(async () => (await left())[key]).toBe('began')
      await openGate(key)
      await expect.poll(async () => (await left())[key]).toBe('ran')
    },
  )

  test('a task reads the headers, the cookies and the draft mode of its call (266, 267)', async () => {
    const headers = { 'x-visitor': 'ada' }
    const { page, context } = await visit(app(), '/later', { headers })
    await context.addCookies([{ name: 'theme', value: 'dark', url: app().origin }])
    const key = randomUUID()
    await run(page, `readLater ${key}`)
    await expect.poll(async () => (await left())[key]).toBe('ada dark false')
    await page.goto('/draft/handler')
    await page.goto('/later')
    const other = randomUUID()
    await run(page, `readLater ${other}`)
    await expect.poll(async () => (await left())[other]).toBe('ada dark true')
  })

  test('a task that fails changes no answer, ends no other task, and is logged (200)', async () => {
    const { page } = await visit(app(), '/later')
    const key = randomUUID()
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await run(page, `failLater ${key}`)
    await expectText(page, '#result', 'answered')
    expect((await answered).status()).toBe(200)
    await expect.poll(() => app().output()).toContain(`canary-failed-task ${key}`)
    await expect.poll(async () => (await left())[key]).toBe('ran')
  })

  test('a task cannot set cookies or change the draft mode (165, 267)', async () => {
    const { page, context } = await visit(app(), '/later')
    const key = randomUUID()
    await run(page, `writeLater ${key}`)
    for (const name of ['set', 'enable', 'disable']) {
      const note = async () => (await left())[`${key} ${name}`]
      await expect.poll(note).toMatch(/was called after the answer was sent/)
    }
    expect(await context.cookies()).toEqual([])
  })

  test.for([
    ['unstable_rethrow', 'catchAll'],
    ['isRedirectError', 'catchOthers'],
  ] as const)(
    '%s lets a redirect pass a catch, and leaves errors to it (269)',
    async ([, name]) => {
      const { page } = await visit(app(), '/later')
      await run(page, `${name} error`)
      await expectText(page, '#result', 'caught')
      await run(page, `${name} redirect`)
      await expectText(page, 'h1', 'Target')
    },
  )
})

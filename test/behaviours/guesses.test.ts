import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s, a guess of useOptimistic', (mode) => {
  const app = useApp('docs-app', mode)

  test('gives way to the new region in the commit that ends the form’s pending state (53, 60)', async () => {
    const { page } = await visit(app(), '/thread')
    const message = newMessage()
    const commits = await noteCommits(page)
    await send(page, message)
    await release(app(), message)
    await expectText(page, itemOf(message), message)
    await expectText(page, '#status', 'idle')
    expect(statesOf(message, await commits())).toEqual(['guess, pending', 'message, idle'])
  })

  test.for(['first', 'second'])(
    'stays until its message is there, once each: of two calls the %s ends first (60)',
    async (earlier) => {
      const { page } = await visit(app(), '/thread')
      const messages = [newMessage(), newMessage()]
      const commits = await noteCommits(page)
      for (const message of messages) await send(page, message)
      const ending = earlier === 'first' ? messages : messages.toReversed()
      for (const message of ending) {
        const answered = page.waitForResponse((response) => response.request().method() === 'POST')
        await release(app(), message)
        await answered
      }
      for (const message of messages) await expectText(page, itemOf(message), message)
      await expectText(page, '#status', 'idle')
      for (const message of messages) {
        expect(statesOf(message, await commits())).toEqual(['guess, pending', 'message, idle'])
      }
      const items = await page.locator('#messages li').allTextContents()
      expect(items.slice(-2)).toEqual(ending)
    },
  )
})

/** A message whose call ends when the gate of its name is opened. */
function newMessage(): string {
  return `gate ${randomUUID()}`
}

function itemOf(message: string): string {
  return `li[data-message="${message}"]`
}

async function send(page: Page, message: string): Promise<void> {
  await page.fill('input[name=message]', message)
  await page.click('button[type=submit]')
  await page.waitForSelector(itemOf(message))
}

async function release(app: App, message: string): Promise<void> {
  await app.fetch(`/gate?name=${encodeURIComponent(message)}`, { method: 'POST' })
}

type Commit = { items: string[]; status: string }

/** Notes what is on the screen after each commit from now on. */
async function noteCommits(page: Page): Promise<() => Promise<Commit[]>> {
  await page.evaluate(() => {
    const noted: Commit[] = []
    const textOf = (element: Element | null) => element?.textContent ?? ''
    const note = () => {
      const items = [...document.querySelectorAll('#messages li')].map(textOf)
      noted.push({ items, status: textOf(document.querySelector('#status')) })
    }
    const everything = { subtree: true, childList: true, characterData: true }
    new MutationObserver(note).observe(document.body, everything)
    Object.assign(window, { noted })
  })
  return () => page.evaluate(() => (window as unknown as { noted: Commit[] }).noted)
}

/** The states that a message was in, one after another; `nothing` where it was gone again. */
function statesOf(message: string, commits: Commit[]): string[] {
  const states = commits.map(({ items, status }) => {
    const own = items.filter((item) => item.startsWith(message))
    const kinds = own.map((item) => (item === message ? 'message' : 'guess'))
    return kinds.length === 0 ? 'nothing' : `${kinds.join(' and ')}, ${status}`
  })
  const shown = states.slice(states.findIndex((state) => state !== 'nothing'))
  return shown.filter((state, i) => state !== shown[i - 1])
}

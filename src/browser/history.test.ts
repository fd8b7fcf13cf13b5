// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { beginHistory, commitEntry, type HistoryEntry, poppedEntry } from './history.ts'

/** happy-dom lays nothing out, so what would be scrolled is noted. */
const scrolls: unknown[] = []

beforeEach(() => {
  scrolls.length = 0
  vi.stubGlobal('scrollTo', (options: unknown) => scrolls.push(options))
  history.replaceState(null, '', '/start')
  document.body.innerHTML = ''
})

function scrollDownTo(top: number): void {
  vi.stubGlobal('scrollY', top)
  dispatchEvent(new Event('scroll'))
}

function push(href: string, scroll = true): HistoryEntry {
  commitEntry({ kind: 'push', href, scroll })
  return { kind: 'pop', key: (history.state as { key: string }).key }
}

/** What the browser does by itself when the user goes back. */
function goTo(entry: HistoryEntry, href: string): HistoryEntry {
  history.replaceState({ key: entry.kind === 'pop' && entry.key }, '', href)
  return poppedEntry()
}

test('an entry that is come back to is scrolled to where it was left', () => {
  const first = beginHistory()
  scrollDownTo(700)
  const second = push('/second')
  expect(scrolls).toEqual([{ top: 0, behavior: 'instant' }])
  scrollDownTo(300)
  commitEntry(goTo(first, '/start'))
  commitEntry(goTo(second, '/second'))
  expect(scrolls.slice(1)).toEqual([700, 300].map((top) => ({ top, behavior: 'instant' })))
})

test('what the browser scrolls before the other page is there changes no position', () => {
  const first = beginHistory()
  scrollDownTo(700)
  const second = push('/second')
  scrollDownTo(300)
  const back = goTo(first, '/start')
  scrollDownTo(5)
  commitEntry(back)
  commitEntry(goTo(second, '/second'))
  expect(scrolls.slice(1)).toEqual([700, 300].map((top) => ({ top, behavior: 'instant' })))
})

test('an entry that the browser made itself gets a key, beside the state of others', () => {
  beginHistory()
  history.pushState({ own: 1 }, '', '#end')
  const entry = poppedEntry()
  expect(history.state).toEqual({ own: 1, key: entry.kind === 'pop' && entry.key })
  scrolls.length = 0
  commitEntry(entry)
  expect(scrolls).toEqual([])
})

test('a hash names the element to scroll to, also in another alphabet', () => {
  beginHistory()
  document.body.innerHTML = '<p id="größe"></p>'
  const shown = vi.spyOn(document.body.firstElementChild!, 'scrollIntoView')
  push('/second#größe')
  expect(shown).toHaveBeenCalledOnce()
  push('/third#%')
  expect(scrolls).toEqual([{ top: 0, behavior: 'instant' }])
})

test('scroll: false leaves the position', () => {
  beginHistory()
  push('/second', false)
  commitEntry({ kind: 'replace', href: '/third', scroll: false })
  expect([location.pathname, scrolls]).toEqual(['/third', []])
})

// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { beginHistory, commitEntry, type HistoryEntry, poppedEntry } from './history.ts'

/** happy-dom lays nothing out, so what would be scrolled is noted. */
const scrolls: unknown[] = []

beforeEach(() => {
  scrolls.length = 0
  vi.stubGlobal('scrollTo', (options: unknown) => scrolls.push(options))
  sessionStorage.clear()
  history.scrollRestoration = 'auto'
  history.replaceState(null, '', '/start')
  document.body.innerHTML = ''
})

function scrollDownTo(top: number): void {
  vi.stubGlobal('scrollY', top)
  dispatchEvent(new Event('scroll'))
}

function push(href: string, scroll = true): HistoryEntry {
  commitEntry({ kind: 'push', href, scroll })
  return poppedEntry()
}

test('an entry that is come back to is scrolled to where it was left', () => {
  beginHistory()
  const first = poppedEntry()
  scrollDownTo(700)
  const second = push('/second')
  expect(scrolls).toEqual([{ top: 0, behavior: 'instant' }])
  scrollDownTo(300)
  commitEntry(first)
  commitEntry(second)
  expect(scrolls.slice(1)).toEqual([700, 300].map((top) => ({ top, behavior: 'instant' })))
})

test('what is scrolled before the page of an entry is committed belongs to the page on the screen', () => {
  beginHistory()
  const first = poppedEntry()
  scrollDownTo(700)
  const second = push('/second')
  history.replaceState({ key: first.kind === 'pop' && first.key }, '', '/start')
  poppedEntry()
  scrollDownTo(40)
  commitEntry(first)
  commitEntry(second)
  expect(scrolls.slice(1)).toEqual([700, 40].map((top) => ({ top, behavior: 'instant' })))
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

test('positions outlive the document, which leaves its last entry to the browser', () => {
  beginHistory()
  const first = poppedEntry()
  scrollDownTo(700)
  push('/second')
  expect(history.scrollRestoration).toBe('manual')
  dispatchEvent(new Event('pagehide'))
  expect(history.scrollRestoration).toBe('auto')

  beginHistory()
  commitEntry(first)
  expect(scrolls.at(-1)).toEqual({ top: 700, behavior: 'instant' })
})

test('without session storage the history works all the same', () => {
  vi.stubGlobal('sessionStorage', undefined)
  expect(() => beginHistory()).not.toThrow()
  const first = poppedEntry()
  scrollDownTo(700)
  push('/second')
  commitEntry(first)
  expect(scrolls.at(-1)).toEqual({ top: 700, behavior: 'instant' })
})

export type HistoryKind = 'push' | 'replace'

/** An entry of the browser's history that is made, or come back to, when its page is committed. */
export type HistoryEntry =
  | { kind: HistoryKind; href: string; scroll: boolean }
  | { kind: 'pop'; key: string }

/**
 * How far the page of each entry was scrolled down. The browser knows too, and restores it where it
 * loads a document; but going back within one it scrolls before the other page is there.
 */
const scrolled: Record<string, number> = {}

/** The entry whose page is on the screen; none between a step of the browser and its page. */
let shownKey = ''

/** Follows the scroll position from now on. */
export function beginHistory(): HistoryEntry {
  addEventListener('scroll', () => (scrolled[shownKey] = scrollY))
  shownKey = currentKey()
  return { kind: 'pop', key: shownKey }
}

/** The entry that the browser has gone to by itself. */
export function poppedEntry(): HistoryEntry {
  shownKey = ''
  return { kind: 'pop', key: currentKey() }
}

/** Makes the entry of a page, and scrolls to where the page begins or was left. */
export function commitEntry(entry: HistoryEntry): void {
  if (entry.kind === 'pop') {
    shownKey = entry.key
    if (shownKey in scrolled) scrollDown(scrolled[shownKey])
    return
  }
  shownKey = entry.kind === 'push' ? newKey() : currentKey()
  history[`${entry.kind}State`]({ key: shownKey }, '', entry.href)
  if (entry.scroll) scrollToHash()
}

function scrollToHash(): void {
  let id = location.hash.slice(1)
  try {
    id = decodeURIComponent(id)
  } catch {
    // A lone percent sign: an id may have one too.
  }
  const element = document.getElementById(id)
  if (element) element.scrollIntoView()
  else scrollDown()
}

function scrollDown(top = 0): void {
  scrollTo({ top, behavior: 'instant' })
}

/** The key of the browser's current entry; one that the browser made itself is given a key. */
function currentKey(): string {
  const state = history.state as { key?: string } | null
  if (state?.key) return state.key
  const key = newKey()
  history.replaceState({ ...state, key }, '')
  return key
}

function newKey(): string {
  return String(Math.random())
}

export type HistoryKind = 'push' | 'replace'

/** An entry of the browser's history that is made, or come back to, when its page is committed. */
export type HistoryEntry =
  | { kind: HistoryKind; href: string; scroll: boolean }
  | { kind: 'pop'; key: string }

/** How far each entry of this tab was scrolled down. */
let scrolled: Record<string, number> = {}
let key: string

/** Follows the scroll position from now on. */
export function beginHistory(): void {
  key = currentKey()
  try {
    scrolled = JSON.parse(sessionStorage.volleyScroll as string) as typeof scrolled
  } catch {
    // The first page of the tab; or storage is switched off, and positions last as long as the page.
  }
  // Otherwise the browser has restored it, which is better: it waits for the page to load.
  if (history.scrollRestoration === 'manual') scrollDown(scrolled[key])

  addEventListener('scroll', () => (scrolled[key] = scrollY), { passive: true })
  addEventListener('pagehide', () => {
    history.scrollRestoration = 'auto'
    sessionStorage.volleyScroll = JSON.stringify(scrolled)
  })
}

/** The entry that the browser is at by itself. */
export function poppedEntry(): HistoryEntry {
  return { kind: 'pop', key: currentKey() }
}

/** Makes the entry of a page, and scrolls to where the page begins or was left. */
export function commitEntry(entry: HistoryEntry): void {
  if (entry.kind === 'pop') {
    ;({ key } = entry)
    return key in scrolled ? scrollDown(scrolled[key]) : scrollToHash()
  }
  // For the entry that is left and, because it is inherited, for the new one.
  history.scrollRestoration = 'manual'
  if (entry.kind === 'push') key = newKey()
  history[`${entry.kind}State`]({ key }, '', entry.href)
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
  const given = newKey()
  history.replaceState({ ...state, key: given }, '')
  return given
}

function newKey(): string {
  return Math.random().toString(36)
}

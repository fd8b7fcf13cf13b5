export type HistoryKind = 'push' | 'replace'

/** An entry of the browser's history that is made, or come back to, when its page is committed. */
export type HistoryEntry = { kind: HistoryKind; href: string; scroll: boolean } | PoppedEntry

/** What the browser keeps of an entry: `pages` are those of its page's route. */
type EntryState = { key: string; pages?: string | undefined }
type PoppedEntry = EntryState & { kind: 'pop' }

/**
 * How far the page of each entry was scrolled down. The browser knows too, and restores it where it
 * loads a document; but going back within one it scrolls before the other page is there.
 */
const scrolled: Record<string, number> = {}

/** The entry whose page is on the screen; none between a step of the browser and its page. */
let shownKey = ''

/** Follows the scroll position from now on, and what the entry shows, which may have been something else. */
export function beginHistory(pages?: string): HistoryEntry {
  addEventListener('scroll', () => (scrolled[shownKey] = scrollY))
  const entry = writeEntry({ pages })
  shownKey = entry.key
  return entry
}

/** The entry that the browser has gone to by itself. */
export function poppedEntry(): PoppedEntry {
  shownKey = ''
  return writeEntry()
}

/** Makes the entry of a page, and scrolls to where the page begins or was left. */
export function commitEntry(entry: HistoryEntry, pages?: string): void {
  if (entry.kind === 'pop') {
    shownKey = entry.key
    if (shownKey in scrolled) scrollDown(scrolled[shownKey])
    return
  }
  shownKey = writeEntry({ pages }, entry).key
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

/** Makes an entry, or changes the current one: it may have been made by the browser, without a key. */
function writeEntry(
  own?: Partial<EntryState>,
  { kind, href }: { kind: HistoryKind; href?: string } = { kind: 'replace' },
): PoppedEntry {
  const old = kind === 'replace' && history.state
  const state: EntryState = { key: String(Math.random()), ...old, ...own }
  history[`${kind}State`](state, '', href)
  return { ...state, kind: 'pop' }
}

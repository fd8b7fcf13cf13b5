/** An entry of the browser's history that is made, or come back to, when its page is committed. */
export type HistoryEntry =
  | { kind: 'push' | 'replace'; href: string; scroll: boolean }
  | { kind: 'pop'; key: string }

/** The entries of this tab, with the scroll position of each. */
export interface PageHistory {
  /** Makes the entry, and scrolls to where its page begins or was left. */
  commit(entry: HistoryEntry): void
  /** The entry that the browser has just gone to. */
  popped(): HistoryEntry
}

type Position = [left: number, top: number]
const storageKey = 'volley:scroll'

export function createHistory(): PageHistory {
  const positions = readPositions()
  let key = currentKey()
  // Before the first push the browser's own restoration is better: it waits for the page to load.
  if (history.scrollRestoration === 'manual') scrollToPosition(positions[key])

  addEventListener('scroll', () => (positions[key] = [scrollX, scrollY]), { passive: true })
  addEventListener('pagehide', () => {
    history.scrollRestoration = 'auto'
    writePositions(positions)
  })

  return {
    popped: () => ({ kind: 'pop', key: currentKey() }),
    commit(entry) {
      if (entry.kind === 'pop') {
        ;({ key } = entry)
        return positions[key] ? scrollToPosition(positions[key]) : scrollToHash()
      }
      // For the entry that is left and, because it is inherited, for the new one.
      history.scrollRestoration = 'manual'
      if (entry.kind === 'push') key = newKey()
      history[`${entry.kind}State`]({ key }, '', entry.href)
      if (entry.scroll) scrollToHash()
    },
  }
}

function scrollToPosition([left, top]: Position = [0, 0]): void {
  scrollTo({ left, top, behavior: 'instant' })
}

function scrollToHash(): void {
  const element = document.getElementById(decodeHash(location.hash.slice(1)))
  if (element) element.scrollIntoView()
  else scrollToPosition()
}

function decodeHash(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    // A lone percent sign: an id may have one too.
    return hash
  }
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
  return Math.random().toString(36).slice(2)
}

function readPositions(): Record<string, Position> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, Position>
  } catch {
    // Storage is switched off: positions last as long as the document.
    return {}
  }
}

function writePositions(positions: Record<string, Position>): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(positions))
  } catch {
    // Switched off or full: see above.
  }
}

import { addressOf } from '../view/base-path.ts'
import { resolveTarget } from '../view/href.ts'
import type { NavigateOptions, Router } from '../view/router-context.ts'
import { arrive, refetch } from './arrive.ts'
import { type HistoryEntry, type HistoryKind, poppedEntry } from './history.ts'
import type { Answer } from './answer.ts'
import { loadDocument } from './load-document.ts'
import { fetchAhead, forget, recall, takeAhead } from './memory.ts'
import { calls, hold, invalidate, isOutdated, latest, show } from './page.ts'
import { fetchPage } from './request.ts'

/** What `useRouter()` gives, and links and forms use. */
export const router: Router = {
  push: (href, options) => hold(go(href, 'push', options)),
  replace: (href, options) => hold(go(href, 'replace', options)),
  refresh() {
    invalidate()
    forget()
    hold(refetch())
  },
  back: () => history.back(),
  forward: () => history.forward(),
  prefetch(href) {
    const { leads, path } = resolveTarget(addressOf(href), location.href)
    // Browsers open few connections to a server: one stays free for what the user does next.
    if (leads === 'page' && path !== latest.route.href && calls.size < 5) {
      fetchAhead(path, () => fetchPage(path, { priority: 'low' }))
    }
  },
}

/** The promise is fulfilled when the page has been given to React. */
function go(href: string, kind: HistoryKind, options?: NavigateOptions): Promise<void> {
  const { leads, url, path } = resolveTarget(addressOf(href), location.href)
  const entryOf = entryAt(url, kind, options?.scroll !== false)
  if (leads === 'page' && !isOutdated) return visit(path, entryOf)
  endNavigation()
  if (leads !== 'hash') return loadDocument(url.href, kind)
  return Promise.resolve(show({ regions: {}, entry: entryOf(path) }))
}

/** The address that is shown already gets no second entry. */
function entryAt({ href, hash }: URL, kind: HistoryKind, scroll: boolean) {
  const own = href === location.href ? 'replace' : kind
  return (to: string): HistoryEntry => ({ kind: own, href: to + hash, scroll })
}

/** Follows the browser, which went back or forward by itself. */
export function followPop(): void {
  const entry = poppedEntry()
  const path = location.pathname + location.search
  const page = recall(entry.pages ?? path) ?? (path === latest.route.href && latest)
  endNavigation()
  if (page) show({ ...page, entry })
  else if (isOutdated) void loadDocument(path, 'replace')
  else void visit(path, () => entry, entry.pages)
}

/** Shows the target of a call's redirect. */
export async function followRedirect(
  answer: Answer,
  { to, history: kind }: { to: string; history: HistoryKind },
): Promise<void> {
  endNavigation()
  const url = new URL(to, location.href)
  const entryOf = entryAt(url, kind, url.href !== location.href)
  if (await arrive(answer, entryOf)) void loadDocument(to, kind)
}

let current: AbortController | undefined

/** Ends the navigation that is under way. */
function endNavigation(): void {
  current?.abort()
}

/**
 * Fetches a page and shows it, or loads its document. Where it does not go on from what is shown but from
 * `pages`, all of it is fetched, and nothing that was fetched ahead serves.
 */
async function visit(
  path: string,
  entryOf: (href: string) => HistoryEntry,
  pages?: string,
): Promise<void> {
  endNavigation()
  const { signal } = (current = new AbortController())
  const fetchNow = () => fetchPage(path, { signal, pages })
  let target = path
  try {
    for (const find of [takeAhead, fetchNow]) {
      const answer = await find(pages ?? path)
      if (!answer) continue
      const needsDocument = await arrive(answer, (to) => (signal.aborted ? null : entryOf(to)))
      if (signal.aborted) return
      // What is on the screen may still be arriving: the next navigation must not break it off.
      if (!needsDocument) return void (current = undefined)
      const { outcome } = answer.payload
      if (outcome?.kind === 'redirect') target = outcome.to
    }
  } catch {
    // No network, or an answer that is no payload: the browser itself shows what there is.
    if (signal.aborted) return
  }
  await loadDocument(target, entryOf(target).kind)
}

import type { Router } from '../view/router-context.ts'
import type { Arrivals, HistoryKind } from './arrive.ts'
import type { Navigation } from './navigate.ts'
import type { Page } from './page.ts'

type RouterParts = { page: Page } & Pick<Navigation, 'go' | 'prefetch'> & Pick<Arrivals, 'refetch'>

/** What `useRouter()` gives, and links and forms use. */
export function createRouter({ page, go, prefetch, refetch }: RouterParts): Router {
  const goes =
    (kind: HistoryKind): Router['push'] =>
    (href, options) =>
      page.hold(go(href, kind, options))

  return {
    push: goes('push'),
    replace: goes('replace'),
    refresh() {
      page.invalidate()
      page.memory.drop(true)
      page.hold(refetch())
    },
    back: () => history.back(),
    forward: () => history.forward(),
    prefetch,
  }
}

import type { ReactNode } from 'react'
import type { Router } from '../view/router-context.ts'
import type { Payload } from '../wire/payload.ts'
import type { Decode } from './answer.ts'
import { createArrivals, type HistoryKind } from './arrive.ts'
import { type CallServer, createCallServer } from './call.ts'
import { createFetchPage } from './fetch-page.ts'
import { createHistory } from './history.ts'
import { createNavigation } from './navigate.ts'
import { createPage, type Page } from './page.ts'
import { initialPage } from './page-state.ts'
import { createRouter } from './router.ts'
import { createSendCall } from './send-call.ts'

export type ConnectParts = {
  payload: Payload<ReactNode>
  calls: 'parallel' | 'serial'
  decode: Decode
  encode: (args: unknown[], references: object) => Promise<string | FormData>
  createReferences: () => object
  fetch: typeof fetch
  load: (href: string, kind: HistoryKind) => Promise<never>
}

export type Connection = { page: Page; router: Router; callServer: CallServer }

/** Wires the page of this tab to the server and to the browser's history. */
export function connect(parts: ConnectParts): Connection {
  const { payload, calls, load } = parts
  const { build } = payload
  const history = createHistory()
  const page = createPage(initialPage(payload, history.popped()), history)
  const fetchPage = createFetchPage({ ...parts, build })
  const arrivals = createArrivals({ page, fetchPage, load })
  const navigation = createNavigation({ page, fetchPage, load, arrive: arrivals.arrive })
  const send = createSendCall({ ...parts, build })
  addEventListener('popstate', () => void navigation.pop(history.popped()))
  return {
    page,
    router: createRouter({ page, ...navigation, ...arrivals }),
    callServer: createCallServer({
      ...parts,
      ...arrivals,
      ...navigation,
      page,
      send,
      order: calls,
    }),
  }
}

import { onTestFinished, vi } from 'vitest'
// First: what the browser's modules import needs it.
import { payloadResponse } from './flight-client.ts'
import { answerOf } from '../../src/browser/answer.ts'
import { forget } from '../../src/browser/memory.ts'
import { beginPage, committed, connectRoot, latest } from '../../src/browser/page.ts'
import { updatePage } from '../../src/browser/page-state.ts'
import type { Payload, Route } from '../../src/wire/payload.ts'

export type Sent = {
  /** `POST /posts`; a payload is named by its page: `GET /posts`. */
  line: string
  headers: Record<string, string>
  body: unknown
  signal: AbortSignal | undefined
}

export type OpenPage = {
  /** Requests that were sent, in order. */
  sent: Sent[]
  /** Answers the oldest unanswered request of this line, or fails it as a lost connection does. */
  answer: (line: string, answer: Parts | Response | 'lost') => Promise<void>
  /** What is on the screen, by region. */
  screen: () => Record<string, unknown>
  /** Documents that the browser was told to load: `assign /x`. */
  documents: string[]
  href: () => string
}

type Parts = Partial<Payload<string>>

let counter = 0

/** A route of two layouts at most, as the server would give it. */
export function routeTo(href: string, root = 'layout:/'): Route {
  const path = href.split('?')[0]!
  const section = `layout:/${path.split('/')[1]!}`
  const chain = [root, section, `page:${href}`].map((id, depth) => ({ id, depth }))
  const head = `head:${href}`
  return { href, status: 200, chain, head, params: {}, segments: [], tags: [path] }
}

/** A payload of a server that stamps its answers in the order in which this is called. */
export function page(href: string, text: string, parts: Parts = {}): Parts {
  const route = routeTo(href)
  const ids = [...route.chain.map(({ id }) => id), route.head]
  const regions = Object.fromEntries(ids.map((id) => [id, `${text} ${id}`]))
  return { ...value(parts), route, regions, ...parts }
}

/** A payload without UI. */
export function value(parts: Parts = {}): Parts {
  return { build: 'b1', stamp: { instance: 'i', counter: ++counter }, ...parts }
}

/** Puts a page on the screen of this test's window, and takes the place of its server. */
export function openPage(href: string): OpenPage {
  const { sent, answer, fetch } = createServer()
  const documents: string[] = []
  history.replaceState(null, '', href)
  vi.stubGlobal('fetch', fetch)
  // happy-dom has none.
  vi.stubGlobal('reportError', (error: unknown) => {
    throw error
  })
  for (const method of ['assign', 'replace', 'reload'] as const) {
    vi.spyOn(location, method).mockImplementation((target?: string | URL) => {
      const url = new URL(target ?? '', location.href)
      documents.push(`${method} ${url.href.replace(location.origin, '')}`)
    })
  }
  onTestFinished(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  const tags = Promise.resolve([])
  const document = { ...page(href, 'first'), tags } as Payload<string>
  beginPage(answerOf(document, 0))
  forget()
  committed(latest)
  let state = latest
  connectRoot({
    wait: () => {},
    update(update) {
      state = updatePage(state, update)
      committed(state)
    },
  })
  return {
    sent,
    answer,
    documents,
    href: () => location.pathname + location.search + location.hash,
    screen: () =>
      Object.fromEntries(Object.entries(state.regions).map(([id, { element }]) => [id, element])),
  }
}

function createServer(): Pick<OpenPage, 'sent' | 'answer'> & { fetch: unknown } {
  const sent: Sent[] = []
  const unanswered: (PromiseWithResolvers<Response> & { line: string })[] = []
  return {
    sent,
    fetch(target: string, init: RequestInit) {
      const line = `${init.method ?? 'GET'} ${target.replace('/-/payload', '')}`
      const request = { ...Promise.withResolvers<Response>(), line }
      const signal = init.signal ?? undefined
      const abort = () => request.reject(new DOMException('Aborted', 'AbortError'))
      signal?.addEventListener('abort', abort)
      unanswered.push(request)
      sent.push({ line, headers: init.headers as Sent['headers'], body: init.body, signal })
      return request.promise
    },
    async answer(line, answer) {
      const indexOf = () => unanswered.findIndex((request) => request.line === line)
      // A call whose connection was lost is sent again after a while.
      for (let tries = 0; tries < 100 && indexOf() === -1; tries++) await settle()
      await settle()
      const index = indexOf()
      const [request] = index === -1 ? [] : unanswered.splice(index, 1)
      if (!request)
        throw new Error(`No request ${line} among ${sent.map((s) => s.line).join(', ')}`)
      if (answer === 'lost') request.reject(new TypeError('Failed to fetch'))
      else request.resolve(answer instanceof Response ? answer : payloadResponse(answer))
      await settle()
    },
  }
}

/** Lets everything run that waits for what has already arrived. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 0))
}

import { AsyncLocalStorage } from 'node:async_hooks'
import type { CallSignal } from './call-signal.ts'
import type { CookieJar } from './cookies.ts'
import { createDependencies, type Dependencies } from './dependencies.ts'
import { createInvalidation, type Invalidation } from './invalidation.ts'

/**
 * What runs for a request right now. It decides what is allowed: cookies can be set by a server
 * function and by a route handler, not by a render, not even by the render that follows a function
 * in the same request. A function that goes on after its caller was told that it took too long is
 * `late`. Cached work runs for all visitors, so it knows nothing of the request.
 */
export type Phase = 'function' | 'late' | 'handler' | 'middleware' | 'render' | 'after' | 'cached'

/** Request headers as Node has them: lower-case names; a list where a header came repeatedly. */
export type IncomingHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What one request knows. */
export interface RequestContext {
  phase: Phase
  /** For messages: the route's pattern or the function's name. */
  where: string
  readonly headers: IncomingHeaders
  /** Identifies the submission that is answered, however often it is sent. */
  key: string | null
  /** Aborted when the client goes away. */
  readonly client: () => AbortSignal
  /** Of the call, and in a task of `after()` that of the task; made when somebody asks for it. */
  signal: CallSignal | null
  /** Made when user code first asks for cookies: most calls never do. */
  cookies: CookieJar | null
  readonly invalidation: Invalidation
  /** What the page, or the cached work, that is made is made of. */
  readonly dependencies: Dependencies
  /** Whether what is made is kept for others: then it is made of nothing that is stale. */
  isKept: boolean
  /** Cached work for a visitor in draft mode, whose cookies it does not see. */
  isDraft: boolean
  /** The tags of the page that is rendered: cached work in it is out of date when they are. */
  pageTags: readonly string[]
  /** The pathname of the page that is rendered: what is rendered alone later goes through its middleware. */
  pagePath: string
  /** What middleware wants its answer to have, for pages that a redirect has led to. */
  readonly passed: [name: string, value: string][]
  /** That scripts in a document need, as middleware has said. */
  readonly nonce: string | undefined
  /** Work for after the answer. */
  readonly after: (() => unknown)[]
}

/** The request that a context is made for. */
export type ContextRequest = {
  readonly headers: IncomingHeaders
  /** Aborted when the client goes away. It is only asked for when user code does. */
  signal(): AbortSignal
  readonly nonce?: string
}

/** Who sends no cookies and no headers, and never goes away: what is kept for everybody is made for it. */
export const nobody: ContextRequest = { headers: {}, signal: () => new AbortController().signal }

/** Whether it is made in the background, where no request waits for it. */
export function isForNobody({ headers }: RequestContext): boolean {
  return headers === nobody.headers
}

export function createContext(
  phase: Phase,
  where: string,
  request: ContextRequest,
): RequestContext {
  return {
    phase,
    where,
    headers: request.headers,
    key: null,
    client: () => request.signal(),
    signal: null,
    cookies: null,
    invalidation: createInvalidation(),
    dependencies: createDependencies(),
    isKept: false,
    isDraft: false,
    pageTags: [],
    pagePath: '',
    passed: [],
    nonce: request.nonce,
    after: [],
  }
}

const storage = new AsyncLocalStorage<RequestContext>()

/** Runs `work`, and everything it starts, with the context of a request. */
export function runInContext<result>(context: RequestContext, work: () => result): result {
  return storage.run(context, work)
}

/** The context of the request that is being answered, if there is one. */
export function findContext(): RequestContext | undefined {
  return storage.getStore()
}

/**
 * The context of the request that is being answered.
 * @throws if there is none; `api` is the function that asked, as users write it: `cookies()`
 */
export function currentContext(api: string): RequestContext {
  const context = storage.getStore()
  if (context) return context
  throw new Error(
    `${api} was called outside a request. Call it inside a Server Component, a server function ` +
      'or a route handler, not while a module is loaded.',
  )
}

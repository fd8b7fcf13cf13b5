import { neverKeep } from '../context/dependencies.ts'
import { currentContext, findContext, type RequestContext } from '../context/request-context.ts'
import { decodeResponse, encodeResponse } from '../store/response-text.ts'
import { validTags } from '../store/tag-limits.ts'
import { cacheKey } from './cache-key.ts'
import { checkedLife, notKept, setLife, type Life } from './life.ts'
import { readThrough } from './read-through.ts'

declare global {
  interface RequestInit {
    /** For `fetch` on the server: `revalidate` is in seconds, `false` for ever. */
    next?: { revalidate?: number | false; tags?: string[] } | undefined
  }
}

type Fetch = typeof globalThis.fetch

/** The runtime's own, also when the server of development starts anew in its process. */
const own = Symbol.for('volley.fetch')

/**
 * Gives `fetch` a cache inside of requests: for `cache: 'force-cache'` and `next: { revalidate }`,
 * with `next.tags`. By default nothing is kept. Called once when the server starts.
 */
export function installFetch(): void {
  const current: Fetch & { [own]?: Fetch } = globalThis.fetch
  const original = current[own] ?? current
  const patched: Fetch = async (input, init) => {
    const context = findContext()
    const life = context ? lifeFor(input, init) : 'default'
    if (context && life === 'never') noteUncached(context)
    // The text of a form is never the same twice.
    if (typeof life === 'string' || init?.body instanceof FormData) return original(input, init)
    const signal = signalOf(input, init)
    signal?.throwIfAborted()
    // Others may wait for the answer too, so the shared request does not end with this one's wait.
    const request = new Request(input, { ...init, signal: null })
    const answer = cachedFetch({ original, request, init, life })
    return signal ? until(signal, answer) : answer
  }
  globalThis.fetch = Object.assign(patched, { [own]: original })
}

/** `'never'` where the caller asks for a new answer, `'default'` where it says nothing. */
function lifeFor(input: Parameters<Fetch>[0], init: RequestInit = {}): Life | 'never' | 'default' {
  const { next, cache = input instanceof Request ? input.cache : undefined } = init
  const revalidate = next?.revalidate
  if (cache === 'no-store' || revalidate === 0) return 'never'
  if (revalidate === undefined && cache !== 'force-cache') return 'default'
  const ttl = typeof revalidate === 'number' ? revalidate : Infinity
  return checkedLife({ revalidate: ttl, expire: Infinity }, 'fetch()')
}

function signalOf(input: Parameters<Fetch>[0], init: RequestInit = {}): AbortSignal | null {
  if (init.signal !== undefined) return init.signal
  return input instanceof Request ? input.signal : null
}

/** The answer, unless the signal of the one who asked ends the wait before. */
async function until(signal: AbortSignal, answer: Promise<Response>): Promise<Response> {
  const aborted = Promise.withResolvers<never>()
  const end = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', end)
  try {
    return await Promise.race([answer, aborted.promise])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/** A page with such an answer in it is for one request. */
function noteUncached({ phase, dependencies }: RequestContext): void {
  if (phase === 'render') dependencies.readsRequest ??= "fetch() with cache: 'no-store'"
}

type FetchCall = { original: Fetch; request: Request; init: RequestInit | undefined; life: Life }

async function cachedFetch({ original, request, init, life }: FetchCall): Promise<Response> {
  const body = request.body && Buffer.from(await request.clone().arrayBuffer()).toString('latin1')
  const call = [request.method, request.url, headersOf(request), body]
  const name = `fetch(${JSON.stringify(request.url)})`
  const given = init?.next?.tags ?? []
  const tags = validTags(given, name)
  const text = await readThrough({
    key: cacheKey('fetch', JSON.stringify(call)),
    name,
    tags,
    life,
    async run() {
      const response = await original(request)
      setLife(response.ok ? life : notKept)
      if (tags.length < given.length) neverKeep(currentContext(name).dependencies)
      return encodeResponse(response)
    },
  })
  return decodeResponse(text)
}

/** Without those that differ from one request to the next and say nothing about the answer. */
function headersOf({ headers }: Request): [string, string][] {
  return [...headers].filter(([name]) => name !== 'traceparent' && name !== 'tracestate')
}

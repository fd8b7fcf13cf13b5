import type { CacheLife } from '../cache/life.ts'
import type { ReplyLimits } from '../flight/reply-limits.ts'
import type { PathRules } from '../routes/path-rules.ts'

/** The options of `volley()` that the server needs; all are resolved when the app is built. */
export type AppConfig = {
  /** Identifies the build: pages of another one get no new elements. */
  build: string
  /** Whether calls of one tick may come as one POST. */
  isBatched: boolean
  server: ServerConfig
  cache: CacheConfig
  site: SiteConfig
}

/** Where the app is on its origin, and what it says about paths. */
export type SiteConfig = {
  /** Above every path of the app: `/docs`, or empty. */
  basePath: string
  /** Whether the addresses of pages end with a slash. */
  trailingSlash: boolean
  /** Their paths contain `basePath`. */
  rules: PathRules
}

export type CacheConfig = {
  /** In bytes, for each process. */
  maxSize: number
  /** The app's own, beside those that there are. */
  profiles: Record<string, CacheLife>
}

export type ServerConfig = CallLimits & {
  /** Hosts, with optional port and wildcards, whose pages may call this app. */
  allowedOrigins: string[]
  /** The public origin, as in `https://example.com`; without it `Host` serves for comparisons. */
  origin: string | null
  /** Which peers' `X-Forwarded-*` headers count: none, all, or those with these addresses. */
  trustProxy: boolean | string[]
  /** Refuses calls that carry neither `Origin` nor `Sec-Fetch-Site`. */
  requireOrigin: boolean
  /** Limits of single functions, by name. */
  functions: Record<string, CallLimits>
  /** Calls at the same time. */
  maxCalls: number
  /** Milliseconds that a call may have waited for the process. */
  maxDelay: number
  /** What arguments may consist of. */
  decoding: ReplyLimits
  /** Whether `/-/live` and `/-/ready` answer. */
  health: boolean
}

export type CallLimits = {
  /** In bytes. */
  bodySizeLimit: number
  /** In milliseconds. */
  timeout: number
}

/** What a call of this function may send, and how long it may run. */
export function limitsOf(
  name: string,
  { functions, bodySizeLimit, timeout }: ServerConfig,
): CallLimits {
  return functions[name] ?? { bodySizeLimit, timeout }
}

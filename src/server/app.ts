import type { ReactNode } from 'react'
import type { FunctionTable } from '../flight/function-table.ts'
import type { ReplyLimits } from '../flight/reply-limits.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import type { HtmlRenderer } from './html-renderer.ts'
import type { Log } from './log.ts'
import type { StampSource } from './stamp-source.ts'

/** What the handler knows of the app: made once, when the server starts. */
export interface App {
  /** The page or route handler of a pathname. */
  readonly match: (pathname: string) => RouteMatch
  readonly files: RouteFiles
  readonly functions: FunctionTable
  readonly config: AppConfig
  readonly isDevelopment: boolean
  readonly log: Log
  readonly stamps: StampSource
  /** Loads the HTML renderer when the first page needs it. */
  readonly html: () => Promise<HtmlRenderer>
}

/** Loaders of the route files, by path relative to the app's directory. */
export type RouteFiles = Readonly<Record<string, () => Promise<LoadedFile>>>

/** A route file, and the links to the style sheets that it and its imports need. */
export type LoadedFile = { module: Record<string, unknown>; css: ReactNode }

/** The options of `volley()` that the server needs; all are resolved when the app is built. */
export type AppConfig = {
  /** Identifies the build: pages of another one get no new elements. */
  build: string
  server: ServerConfig
}

export type ServerConfig = {
  /** Hosts, with optional port and wildcards, whose pages may call this app. */
  allowedOrigins: string[]
  /** The public origin, as in `https://example.com`; without it `Host` serves for comparisons. */
  origin: string | null
  /** Which peers' `X-Forwarded-*` headers count: none, all, or those with these addresses. */
  trustProxy: boolean | string[]
  /** In bytes. */
  bodySizeLimit: number
  /** Refuses calls that carry neither `Origin` nor `Sec-Fetch-Site`. */
  requireOrigin: boolean
  /** What arguments may consist of. */
  decoding: ReplyLimits
}

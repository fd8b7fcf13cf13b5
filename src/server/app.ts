import type { ReactNode } from 'react'
import type { SubmissionStore } from '../store/submission-store.ts'
import type { FunctionTable } from '../flight/function-table.ts'
import type { Matcher } from '../routes/matcher.ts'
import type { MetadataFacts } from '../routes/metadata-file.ts'
import type { RuleBook } from '../routes/path-rules.ts'
import type { AppConfig } from './config.ts'
import type { HtmlRenderer } from './html-renderer.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { LoadGauge } from './load-gauge.ts'
import type { Log } from './log.ts'
import type { MiddlewareFile } from './middleware.ts'
import type { OnRequestError } from './request-error.ts'
import type { StampSource } from './stamp-source.ts'
import type { Run } from './submission.ts'
import type { Tickets } from './tickets.ts'

/** What the handler knows of the app: made once, when the server starts. */
export interface App {
  /** The page or route handler of a pathname, for those who come from another page. */
  readonly match: Matcher
  readonly files: RouteFiles
  /** What its configuration says about paths. */
  readonly rules: RuleBook
  /** The file that every request for a path goes through first, where the app has one. */
  readonly middleware: MiddlewareFile | null
  /** What is known of the metadata files, by path relative to the app's directory. */
  readonly metadata: Readonly<Record<string, MetadataFacts>>
  readonly functions: FunctionTable
  /** What the app's regions render, by the names that the compiler gives them. */
  readonly components: FunctionTable
  readonly config: AppConfig
  readonly isDevelopment: boolean
  readonly log: Log
  /** The app's own, which is told of every error of a request. */
  readonly onRequestError: OnRequestError | null
  readonly stamps: StampSource
  readonly load: LoadGauge
  readonly submissions: SubmissionStore<Run>
  /** Where calls of one tick may come as one POST: what brings their late cookies. */
  readonly tickets: Tickets | null
  readonly lifecycle: Lifecycle
  /** Loads the HTML renderer when the first page needs it. */
  readonly html: () => Promise<HtmlRenderer>
}

/** Loaders of the route files, by path relative to the app's directory. */
export type RouteFiles = Readonly<Record<string, () => Promise<LoadedFile>>>

/** A route file, and the links to the style sheets that it and its imports need. */
export type LoadedFile = { module: Record<string, unknown>; css: ReactNode }

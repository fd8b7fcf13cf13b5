import type { Outcome } from './outcome.ts'
import type { Stamp } from './stamp.ts'

/**
 * What the browser applies: the root of a Flight stream. `element` is React's node type on either
 * side; this folder does not know React.
 *
 * - `route` and `regions` are absent when the answer carries no UI, as for a call that invalidated
 *   nothing.
 * - `guards` stand for layouts that the browser has: they are empty, and were rendered for what they
 *   might refuse.
 * - `outcome` is present in the answer of a call.
 * - `outdated` is set when the page in the browser was made by another build: such an answer never
 *   carries regions, and the next navigation loads a document.
 * - `dropped` are tags: visited pages with one of them may no longer be shown from memory.
 * - `tags` are those of the data in the regions, which is known when all of it is rendered. They are in
 *   the last row.
 *
 * Tags are sent as hashes.
 */
export type Payload<element> = {
  build: string
  stamp: Stamp
  route?: Route
  regions?: Record<string, element>
  guards?: Record<string, element>
  outcome?: Outcome
  outdated?: true
  dropped?: string[]
  tags?: Promise<string[]>
}

/**
 * What a document starts from. `globalError` is the component of a `global-error` file, `formState`
 * React's after a form was posted without JavaScript.
 */
export type DocumentPayload<element> = Payload<element> & {
  globalError?: unknown
  formState?: unknown
}

/** Where the browser is: what the address bar shows, and which regions make up the page. */
export type Route = {
  /** Path and search of the page, as the address bar shows them. */
  href: string
  status: number
  /** The regions of the page from the root layout to the page itself, and then those of the slots. */
  chain: ChainLink[]
  /** The region of the merged metadata: `head:<page>`. */
  head: string
  params: Record<string, string | string[]>
  /** The path's segments as the files name their values: route groups included, parameters filled in. */
  segments: string[]
  /** Those of the page's own paths, which `revalidatePath()` may name. */
  tags: string[]
  /**
   * Where layouts have slots, or pages are intercepted: what the browser sends back (`volley-slots`), the
   * names of the page itself and of those, the latest first, that it still shows something of.
   */
  pages?: string
}

/**
 * `depth` is the number of segments above the region: `segments.slice(depth)` lie below a layout. In a
 * slot a region has the slot's own segments, and the first one tells where it is. `key` is what makes a
 * page another one: its path, also where the address bar has moved on.
 */
export type ChainLink = {
  id: string
  depth: number
  key?: string
  segments?: string[]
  of?: string
}

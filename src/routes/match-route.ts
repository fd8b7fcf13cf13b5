import { decodePathname } from './decode-pathname.ts'
import { matchMetadata, type MetadataMatch } from './match-metadata.ts'
import { matchSlots, searchPart } from './match-slots.ts'
import type { RouteNode } from './scan-routes.ts'

export type Params = Record<string, string | string[]>

export type RouteMatch = {
  /** `default`: only slots have a page for the path, and a `default` file stands for the others. */
  kind: 'page' | 'default' | 'handler' | 'none'
  /**
   * From the root to the directory of the page or handler, groups included; to the one that has the
   * slots for 'default', and only the root for 'none'.
   */
  nodes: MatchedNode[]
  /** Decoded. An optional catch-all that took nothing has no entry. */
  params: Params
  /** Of all layouts, and those within slots; each one comes after the slot that it is in. */
  slots: SlotMatch[]
  /** The code that answers in place of a route handler. */
  metadata?: MetadataMatch
  /** The page that it is kept from, where the path itself has none. */
  from?: string
}

/** What a slot shows. */
export type SlotMatch = {
  /** `none`: the slot has nothing for the path but perhaps a `default` file. */
  kind: 'page' | 'default' | 'none'
  /** From the root to the slot's directory, and on as in a match. */
  nodes: MatchedNode[]
  /** Where the slot is in `nodes`, below the layout that it is a property of. */
  at: number
  from?: string
}

export type MatchedNode = {
  node: RouteNode
  /** What the directory stands for in this path, decoded: `posts`, `7`, `(shop)`, `a/b`. */
  value: string
}

/**
 * The page or handler for a pathname that is still percent-encoded. For each segment a static
 * directory is preferred to a parameter, and that to a catch-all.
 */
export function matchRoute(root: RouteNode, pathname: string): RouteMatch {
  const start: MatchedNode[] = [{ node: root, value: '' }]
  const segments = decodePathname(pathname)
  const metadata = segments && matchMetadata(start, segments)
  if (metadata) {
    const { chain, file, id } = metadata
    const nodes = [...chain]
    return { kind: 'handler', nodes, params: paramsOf(chain), slots: [], metadata: { file, id } }
  }
  const part = segments && searchPart(start, segments)
  if (!part) return { kind: 'none', nodes: start, params: {}, slots: [] }
  const { chain } = part
  const nodes = [...chain]
  const params = paramsOf(chain)
  if (chain.at(-1)?.node.files.route !== undefined && part.kind === 'page') {
    return { kind: 'handler', nodes, params, slots: [] }
  }
  return { kind: part.kind, nodes, params, slots: matchSlots(chain, segments) }
}

/** The parameters of the directories of a chain. */
export function paramsOf(chain: readonly MatchedNode[]): Params {
  const params: Params = {}
  for (const { node, value } of chain) {
    const { segment } = node
    if (segment.kind === 'param') params[segment.name] = value
    // No segment holds a slash, so splitting undoes the joining.
    if (segment.kind === 'catch-all') params[segment.name] = value.split('/')
    if (segment.kind === 'optional-catch-all' && value) params[segment.name] = value.split('/')
  }
  return params
}

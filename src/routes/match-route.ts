import type { RouteNode } from './scan-routes.ts'

export type RouteMatch = {
  kind: 'page' | 'handler' | 'none'
  /** From the root to the directory of the page or handler, groups included; only the root for 'none'. */
  nodes: MatchedNode[]
  /** Decoded. An optional catch-all that took nothing has no entry. */
  params: Record<string, string | string[]>
}

export type MatchedNode = {
  node: RouteNode
  /** What the directory stands for in this path, decoded: `posts`, `7`, `(shop)`, `a/b`. */
  value: string
}

type Chain = readonly MatchedNode[]

/**
 * The page or handler for a pathname that is still percent-encoded. For each segment a static
 * directory is preferred to a parameter, and that to a catch-all.
 */
export function matchRoute(root: RouteNode, pathname: string): RouteMatch {
  const start: Chain = [{ node: root, value: '' }]
  const segments = decodePathname(pathname)
  const chain = segments && search([start], segments)
  if (!chain) return { kind: 'none', nodes: [...start], params: {} }
  const kind = chain.at(-1)?.node.files.route === undefined ? 'page' : 'handler'
  return { kind, nodes: [...chain], params: paramsOf(chain) }
}

/**
 * `null` for a pathname that no file can stand for. An encoded slash, backslash or dot segment is
 * refused: proxies and file APIs disagree about what it means, so two spellings could name one page.
 */
function decodePathname(pathname: string): string[] | null {
  if (!pathname.startsWith('/')) return null
  const path = pathname.slice(1).replace(/\/$/, '')
  // '//' is one empty segment, which no route has; '/' is none.
  if (path === '') return pathname.length > 1 ? null : []
  try {
    const segments = path.split('/').map(decodeURIComponent)
    return segments.every(isSegment) ? segments : null
  } catch {
    // A malformed escape.
    return null
  }
}

function isSegment(segment: string): boolean {
  const hasLoneSurrogate = /[\ud800-\udfff]/u.test(segment)
  return !hasLoneSurrogate && !/^\.{0,2}$|[/\\\0]/.test(segment)
}

/**
 * All chains have taken the same part of the path. They are searched together, because through
 * groups one path leads to several directories, and a static child of any of them comes first.
 */
function search(chains: readonly Chain[], segments: readonly string[]): Chain | null {
  const open = chains.flatMap(throughGroups)
  const [segment, ...rest] = segments
  if (segment === undefined) {
    return open.find(hasAnswer) ?? takeAll(open, { kind: 'optional-catch-all', segments })
  }
  const statics = extend(
    open,
    ({ segment: s }) => s.kind === 'static' && s.value === segment,
    segment,
  )
  const params = extend(open, ({ segment: s }) => s.kind === 'param', segment)
  return (
    (statics.length > 0 ? search(statics, rest) : null) ??
    (params.length > 0 ? search(params, rest) : null) ??
    takeAll(open, { kind: 'catch-all', segments }) ??
    takeAll(open, { kind: 'optional-catch-all', segments })
  )
}

function takeAll(
  chains: readonly Chain[],
  { kind, segments }: { kind: 'catch-all' | 'optional-catch-all'; segments: readonly string[] },
): Chain | null {
  const taken = extend(chains, (node) => node.segment.kind === kind, segments.join('/'))
  return taken.flatMap(throughGroups).find(hasAnswer) ?? null
}

/** The chain itself, and those that go on into groups below it. */
function throughGroups(chain: Chain): Chain[] {
  const children = chain.at(-1)?.node.children ?? []
  const below = children.flatMap((node) => {
    const { segment } = node
    return segment.kind === 'group' ? [chain.concat({ node, value: `(${segment.name})` })] : []
  })
  return [chain, ...below.flatMap(throughGroups)]
}

function extend(
  chains: readonly Chain[],
  matches: (node: RouteNode) => boolean,
  value: string,
): Chain[] {
  return chains.flatMap((chain) => {
    const children = chain.at(-1)?.node.children ?? []
    return children.filter(matches).map((node) => chain.concat({ node, value }))
  })
}

function hasAnswer(chain: Chain): boolean {
  const files = chain.at(-1)?.node.files
  return files?.page !== undefined || files?.route !== undefined
}

function paramsOf(chain: Chain): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = {}
  for (const { node, value } of chain) {
    const { segment } = node
    if (segment.kind === 'param') params[segment.name] = value
    // No segment holds a slash, so splitting undoes the joining.
    if (segment.kind === 'catch-all') params[segment.name] = value.split('/')
    if (segment.kind === 'optional-catch-all' && value) params[segment.name] = value.split('/')
  }
  return params
}

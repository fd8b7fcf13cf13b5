import type { MatchedNode } from './match-route.ts'
import type { RouteNode } from './scan-routes.ts'

/** Directories from the root, each below the one before it. */
export type Chain = readonly MatchedNode[]

/**
 * The chain to the page or handler for the rest of a path. All chains have taken the same part of it.
 * They are searched together, because through groups one path leads to several directories, and a
 * static child of any of them comes first.
 */
export function searchAnswer(chains: readonly Chain[], segments: readonly string[]): Chain | null {
  const open = chains.flatMap(throughGroups)
  const [segment, ...rest] = segments
  if (segment === undefined) {
    return open.find(hasAnswer) ?? takeAll(open, { kind: 'optional-catch-all', segments })
  }
  const { statics, params } = extended(open, segment)
  return (
    (statics.length > 0 ? searchAnswer(statics, rest) : null) ??
    (params.length > 0 ? searchAnswer(params, rest) : null) ??
    takeAll(open, { kind: 'catch-all', segments }) ??
    takeAll(open, { kind: 'optional-catch-all', segments })
  )
}

/**
 * The longest chain to a directory that is accepted, given what it leaves of the path. Catch-alls are
 * not entered.
 */
export function searchDirectory(
  chains: readonly Chain[],
  segments: readonly string[],
  accepts: (chain: Chain, rest: readonly string[]) => boolean,
): Chain | null {
  const open = chains.flatMap(throughGroups)
  const [segment, ...rest] = segments
  const { statics, params } = segment === undefined ? nothing : extended(open, segment)
  return (
    (statics.length > 0 ? searchDirectory(statics, rest, accepts) : null) ??
    (params.length > 0 ? searchDirectory(params, rest, accepts) : null) ??
    open.find((chain) => accepts(chain, segments)) ??
    null
  )
}

const nothing: Record<'statics' | 'params', Chain[]> = { statics: [], params: [] }

export function extended(chains: readonly Chain[], segment: string): typeof nothing {
  const isStatic = ({ segment: s }: RouteNode): boolean =>
    s.kind === 'static' && s.value === segment
  return {
    statics: extend(chains, isStatic, segment),
    params: extend(chains, (node) => node.segment.kind === 'param', segment),
  }
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
  return [chain, ...groupsOf(chain).flatMap(throughGroups)]
}

/** The chains to the groups of the directory that a chain ends at. */
export function groupsOf(chain: Chain): Chain[] {
  const children = chain.at(-1)?.node.children ?? []
  return children.flatMap((node) => {
    const { segment } = node
    return segment.kind === 'group' ? [chain.concat({ node, value: `(${segment.name})` })] : []
  })
}

export function extend(
  chains: readonly Chain[],
  matches: (node: RouteNode) => boolean,
  value: string,
): Chain[] {
  return chains.flatMap((chain) => {
    const children = chain.at(-1)?.node.children ?? []
    const ordinary = children.filter(({ segment }) => segment.intercepts === undefined)
    return ordinary.filter(matches).map((node) => chain.concat({ node, value }))
  })
}

function hasAnswer(chain: Chain): boolean {
  const files = chain.at(-1)?.node.files
  return files?.page !== undefined || files?.route !== undefined
}

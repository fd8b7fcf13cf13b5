import { chainsAlong } from './chains-along.ts'
import { decodePathname } from './decode-pathname.ts'
import { type MatchedNode, matchRoute } from './match-route.ts'
import { searchPart, takenBy } from './match-slots.ts'
import type { RouteNode } from './scan-routes.ts'
import type { Chain } from './search-chain.ts'
import { shownPath } from './shown-path.ts'

/** What a directory shows in place of the page that it intercepts. */
export type Interception = {
  kind: 'page' | 'default'
  /** From the root through the directory, and on as in a match. */
  chain: Chain
  /** Where the directory is in the chain. */
  at: number
  /** The path that would lead along the chain, were the directory an ordinary one. */
  segments: readonly string[]
}

/**
 * The directories that intercept a pathname for those who come from the page of another one, where
 * that page is below their layouts: the closest, and those just as close. The first of those in one slot
 * is the one that counts.
 */
export function findInterceptions(root: RouteNode, pathname: string, from: string): Interception[] {
  const target = decodePathname(pathname)
  const origin = decodePathname(from)
  const { kind, nodes } = matchRoute(root, from)
  if (!target || !origin || kind === 'none' || kind === 'handler') return []
  const chains = chainsAlong([{ node: root, value: '' }], origin)
  const shown = chains.filter((chain) => isShown(chain, nodes))
  const found = shown.flatMap((chain) => interceptionsIn(chain, target))
  const [closest] = found
  return closest ? found.filter((one) => levelOf(one) === levelOf(closest)) : []
}

/** Whether a page is below a directory, or below the layout of the slot that this is in. */
function isShown(chain: Chain, page: readonly MatchedNode[]): boolean {
  const slot = chain.findIndex(({ node }) => node.segment.kind === 'slot')
  const above = slot === -1 ? chain : chain.slice(0, slot)
  return above.every(({ node, value }, i) => page[i]?.node === node && page[i].value === value)
}

function levelOf({ chain, at }: Interception): number {
  return takenBy(chain.slice(0, at))
}

function interceptionsIn(above: Chain, target: readonly string[]): Interception[] {
  const children = above.at(-1)?.node.children ?? []
  return forms.flatMap((form) =>
    children.flatMap((node) =>
      node.segment.kind === form ? (interceptionBy(node, above, target) ?? []) : [],
    ),
  )
}

/** As among ordinary directories, a name comes before a parameter. */
const forms = ['static', 'param', 'catch-all', 'optional-catch-all'] as const

function interceptionBy(
  node: RouteNode,
  above: Chain,
  target: readonly string[],
): Interception | null {
  const base = baseOf(node, above)
  if (!base || base.some((segment, i) => segment !== target[i])) return null
  const rest = target.slice(base.length)
  const value = valueOf(node, rest)
  if (value === null) return null
  const taken = node.segment.kind === 'static' || node.segment.kind === 'param' ? 1 : rest.length
  const part = searchPart([...above, { node, value }], rest.slice(taken))
  const segments = [...above.flatMap(segmentsOf), ...rest]
  return part && { ...part, at: above.length, segments }
}

/** The path that a directory intercepts what is below of; `null` for an ordinary one. */
function baseOf(node: RouteNode, above: Chain): string[] | null {
  if (node.segment.intercepts === undefined) return null
  const path = shownPath([...above.map((matched) => matched.node), node])
  const parts = above.filter((matched) => isForm(matched.node.segment.kind))
  return parts.slice(0, path.length - 1).flatMap(segmentsOf)
}

/** What a directory stands for at the beginning of the rest of a path; `null` for nothing. */
function valueOf({ dir, segment }: RouteNode, rest: readonly string[]): string | null {
  const [first] = rest
  if (segment.kind === 'optional-catch-all') return rest.join('/')
  if (first === undefined) return null
  if (segment.kind === 'catch-all') return rest.join('/')
  if (segment.kind === 'param') return first
  // With its marker, by which the hooks tell it from an ordinary one.
  const isSame = segment.kind === 'static' && segment.value === first
  return isSame ? dir.slice(dir.lastIndexOf('/') + 1) : null
}

/** The part of a path that a directory has taken. */
function segmentsOf({ node, value }: MatchedNode): string[] {
  return isForm(node.segment.kind) && value !== '' ? value.split('/') : []
}

function isForm(kind: string): boolean {
  return forms.some((form) => form === kind)
}

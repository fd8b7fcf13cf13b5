import { findInterceptions, type Interception } from './find-interceptions.ts'
import { paramsOf, type RouteMatch, type SlotMatch } from './match-route.ts'
import { matchSlots, slotsOf } from './match-slots.ts'
import type { RouteNode } from './scan-routes.ts'
import type { Chain } from './search-chain.ts'

/**
 * What a pathname shows to those who come from the page of another one, where a directory intercepts it
 * for them: that directory has a page, and nothing else has, so that the rest of the page stays as it is.
 * `null` where nothing intercepts it. Both pathnames are still percent-encoded.
 */
export function intercept(root: RouteNode, pathname: string, from: string): RouteMatch | null {
  const found = findInterceptions(root, pathname, from)
  const parts = found.map((one) => partOf(one, 0))
  const [longest] = parts.toSorted((one, other) => other.chain.length - one.chain.length)
  const own = parts.find(({ interception }) => interception) ?? longest
  if (!own) return null
  const { kind, chain } = own
  return { kind, nodes: [...chain], params: paramsOf(chain), slots: slotsIn(own, found, 0) }
}

/** Whether a part of a match intercepts the page that the path would show. */
export function isIntercepting({
  kind,
  nodes,
  from,
}: Pick<RouteMatch, 'kind' | 'nodes'> & { from?: string | undefined }): boolean {
  if (kind === 'none' || from !== undefined) return false
  return nodes.some(({ node }) => node.segment.intercepts !== undefined)
}

/** The children of the root, or what a slot shows: `interception`, where that is in no slot within it. */
type Part = {
  kind: 'page' | 'default'
  chain: Chain
  interception?: Interception
}

/** The part that begins at a place of an interception's chain. */
function partOf(interception: Interception, at: number): Part {
  const { kind, chain } = interception
  const slot = chain.findIndex(({ node }, i) => i > at && node.segment.kind === 'slot')
  if (slot === -1) return { kind, chain, interception }
  return { kind: 'default', chain: chain.slice(0, slot) }
}

function slotsIn(
  { chain, interception }: Part,
  found: readonly Interception[],
  from: number,
): SlotMatch[] {
  const above = interception ? chain.slice(0, interception.at) : chain
  const slots = above.flatMap((_, i) => (i < from ? [] : slotsOf(above.slice(0, i + 1))))
  const own = slots.flatMap((slot) => slotIn(slot, found))
  if (!interception) return own
  return [...own, ...matchSlots(chain, interception.segments, interception.at)]
}

function slotIn(slot: Chain, found: readonly Interception[]): SlotMatch[] {
  const at = slot.length - 1
  const interception = found.find(({ chain }) => chain[at]?.node === slot[at]?.node)
  if (!interception) return [{ kind: 'none', nodes: [...slot], at }]
  const part = partOf(interception, at)
  return [{ kind: part.kind, nodes: [...part.chain], at }, ...slotsIn(part, found, at)]
}

import type { MatchedNode, SlotMatch } from './match-route.ts'
import { type Chain, searchAnswer, searchDirectory } from './search-chain.ts'

/**
 * The chain to the page for the rest of a path; where there is none, to the longest chain whose slots
 * have one.
 */
export function searchPart(
  start: Chain,
  segments: readonly string[],
): { kind: 'page' | 'default'; chain: Chain } | null {
  const page = searchAnswer([start], segments)
  if (page) return { kind: 'page', chain: page }
  const owner = searchDirectory([start], segments, (chain, rest) =>
    slotsOf(chain).some((slot) => searchPart(slot, rest)),
  )
  return owner && { kind: 'default', chain: owner }
}

/** What the slots along a chain show for a path, and the slots within them; `from`: the first to look at. */
export function matchSlots(chain: Chain, segments: readonly string[], from = 0): SlotMatch[] {
  return chain.flatMap((_, i) => {
    if (i < from) return []
    const above = chain.slice(0, i + 1)
    return slotsOf(above).flatMap((slot) => matchSlot(slot, segments))
  })
}

function matchSlot(slot: Chain, segments: readonly string[]): SlotMatch[] {
  const at = slot.length - 1
  const part = searchPart(slot, segments.slice(takenBy(slot)))
  if (!part) return [{ kind: 'none', nodes: [...slot], at }]
  const { kind, chain } = part
  return [{ kind, nodes: [...chain], at }, ...matchSlots(chain, segments, at)]
}

/** The chains to the slots of the directory that a chain ends at. */
export function slotsOf(chain: Chain): Chain[] {
  const children = chain.at(-1)?.node.children ?? []
  return children.flatMap((node) => {
    const { segment } = node
    return segment.kind === 'slot' ? [chain.concat({ node, value: `@${segment.slot}` })] : []
  })
}

/** How many segments of the path a chain has taken. */
export function takenBy(chain: Chain): number {
  return chain.map(lengthOf).reduce((one, other) => one + other, 0)
}

function lengthOf({ node: { segment }, value }: MatchedNode): number {
  if (segment.kind === 'static' || segment.kind === 'param') return 1
  const isCatchAll = segment.kind === 'catch-all' || segment.kind === 'optional-catch-all'
  return isCatchAll && value !== '' ? value.split('/').length : 0
}

import type { MatchedNode, RouteMatch, SlotMatch } from './match-route.ts'

/** A page that was shown earlier. */
export type EarlierPage = { href: string; match: RouteMatch }

type Part = Pick<RouteMatch | SlotMatch, 'kind' | 'nodes' | 'from'>

/**
 * A match in which the parts that have no page for the path show what they showed before: of the
 * earlier pages, the latest first, the first one that has a page there. Each of them is matched anew,
 * so that naming one shows nothing that its path does not.
 */
export function keepSlots(match: RouteMatch, earlier: readonly EarlierPage[]): RouteMatch {
  if (match.kind === 'none' || isComplete(match)) return match
  let kept = match
  for (const page of earlier) kept = keepFrom(kept, page)
  return kept
}

function isComplete({ kind, slots }: RouteMatch): boolean {
  return kind !== 'default' && slots.every((slot) => slot.kind === 'page')
}

function keepFrom(match: RouteMatch, page: EarlierPage): RouteMatch {
  const others = [page.match, ...page.match.slots]
  const own = completed(match, others, page.href)
  const slots = match.slots.map((slot) => completed(slot, others, page.href))
  // What is kept may hold slots that the path itself does not lead to.
  for (const slot of page.match.slots) {
    const isKnown = slots.some(({ nodes, at }) => at === slot.at && isBelow(slot, nodes, at + 1))
    const isReached = [own, ...slots].some(
      (part) => part.kind !== 'none' && isBelow(part, slot.nodes, slot.at),
    )
    if (!isKnown && isReached) slots.push({ ...slot, from: page.href })
  }
  return { ...own, slots }
}

/** The part itself, or the one of an earlier page that goes on from where it ends. */
function completed<part extends Part>(part: part, others: readonly Part[], from: string): part {
  const found = others.find((other) => completes(other, part))
  return found ? { ...part, ...found, from } : part
}

function completes(other: Part, { kind, nodes }: Part): boolean {
  const isMore = other.kind === 'page' || (other.kind === 'default' && kind === 'none')
  if (kind === 'page' || !isMore || !isBelow(other, nodes, nodes.length)) return false
  // What lies in a slot below is another part.
  return other.nodes.slice(nodes.length).every(({ node }) => node.segment.kind !== 'slot')
}

/** Whether a part leads through the first of these nodes. */
function isBelow({ nodes }: Part, above: readonly MatchedNode[], length: number): boolean {
  return above
    .slice(0, length)
    .every(({ node, value }, i) => nodes[i]?.node === node && nodes[i].value === value)
}

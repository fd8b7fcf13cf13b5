import { hasInterceptions } from './has-interceptions.ts'
import type { RouteNode } from './scan-routes.ts'

/** Whether a page of a tree may show something of others: then it matters which were shown before. */
export function showsOthers(root: RouteNode): boolean {
  const found = known.get(root)
  if (found !== undefined) return found
  const shows = hasInterceptions(root) || isOrHasSlot(root)
  known.set(root, shows)
  return shows
}

const known = new WeakMap<RouteNode, boolean>()

function isOrHasSlot({ segment, children }: RouteNode): boolean {
  return segment.kind === 'slot' || children.some(isOrHasSlot)
}

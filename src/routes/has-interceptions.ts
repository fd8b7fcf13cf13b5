import type { RouteNode } from './scan-routes.ts'

/** Whether any directory of a tree intercepts others: then it matters which page is come from. */
export function hasInterceptions(root: RouteNode): boolean {
  const found = known.get(root)
  if (found !== undefined) return found
  const has = isOrHas(root)
  known.set(root, has)
  return has
}

const known = new WeakMap<RouteNode, boolean>()

function isOrHas({ segment, children }: RouteNode): boolean {
  return segment.intercepts !== undefined || children.some(isOrHas)
}

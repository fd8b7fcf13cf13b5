import type { ReactNode } from 'react'
import { headElement } from './head.tsx'
import type { PagePlan, SlotPlan } from './page-plan.ts'
import type { PlannedRegion } from './plan-part.ts'
import { allRegions, indexIn, partWith } from './plan-path.ts'

/** What stands for the regions that are replaced. */
export type Stand = { kind: string; content: ReactNode }

/**
 * The plan with a stand in place of the last region of a path, and of all that was in it: `null` for
 * a region that the layout above it lacks.
 */
export function replacePart(
  plan: PagePlan,
  path: readonly (PlannedRegion | null)[],
  stand: Stand,
): PagePlan {
  const replaced = path.at(-1)
  const above = path.at(-2)
  const part = partWith(plan, (replaced ?? above)?.link.id ?? '') ?? plan
  const index = replaced
    ? indexIn(part, replaced.link.id)
    : above
      ? indexIn(part, above.link.id) + 1
      : 0
  const region = standFor(part.regions[index], stand, plan.target.href)
  const regions = [...part.regions.slice(0, index), region]
  // No browser has the stand.
  const own = { regions, isKept: false }
  const slots = plan.slots.map((slot) => (slot === part ? { ...slot, ...own } : slot))
  const cut = part === plan ? { ...plan, ...own } : plan
  const left = { ...cut, slots: mountedSlots(cut.regions, slots) }
  // The head may be that of the page, or of a slot.
  const isTitled = allRegions(left).some(({ link }) => `head:${link.id}` === plan.head.id)
  return isTitled ? left : { ...left, head: headOf(left, region) }
}

function standFor(
  replaced: PlannedRegion | undefined,
  { kind, content }: Stand,
  href: string,
): PlannedRegion {
  const link = {
    id: `${kind}:${replaced?.link.id ?? href}`,
    depth: replaced?.link.depth ?? 0,
  }
  return { link, boundaries: null, element: () => content, isGuarding: false }
}

/** Those whose layouts are still there: a slot comes after the one that it is in. */
function mountedSlots(regions: readonly PlannedRegion[], slots: readonly SlotPlan[]): SlotPlan[] {
  const there = new Set(regions.map(({ link }) => link.id))
  return slots.filter((slot) => {
    if (!there.has(slot.owner)) return false
    for (const { link } of slot.regions) there.add(link.id)
    return true
  })
}

/** The metadata of the layouts that are left. */
function headOf({ loaded, props, regions }: PagePlan, stand: PlannedRegion): PagePlan['head'] {
  const region = stand.link.id
  const left = loaded.slice(0, (regions.at(-2)?.link.depth ?? -1) + 1)
  return {
    id: `head:${region}`,
    element: (rendering) =>
      headElement({ loaded: left, kinds: ['layout'], props, region, ...rendering }),
  }
}

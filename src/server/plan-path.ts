import type { PagePlan, SlotPlan } from './page-plan.ts'
import type { PlannedRegion } from './plan-part.ts'

/** The regions of a plan, or of one of its slots. */
type Part = Pick<PagePlan | SlotPlan, 'regions'>

/** All regions of a plan, each after those that it is in. */
export function allRegions({ regions, slots }: PagePlan): PlannedRegion[] {
  return slots.length === 0 ? regions : [...regions, ...slots.flatMap((slot) => slot.regions)]
}

/** The regions from the root layout to one of them; none for what is no region of the plan. */
export function pathTo(plan: PagePlan, id: string): PlannedRegion[] {
  const part = partWith(plan, id)
  if (!part) return []
  const own = part.regions.slice(0, indexIn(part, id) + 1)
  return 'owner' in part ? [...pathTo(plan, part.owner), ...own] : own
}

/** The part that a region belongs to. */
export function partWith(plan: PagePlan, id: string): PagePlan | SlotPlan | undefined {
  return [plan, ...plan.slots].find((part) => indexIn(part, id) !== -1)
}

export function indexIn({ regions }: Part, id: string): number {
  return regions.findIndex(({ link }) => link.id === id)
}

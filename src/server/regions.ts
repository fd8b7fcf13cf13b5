import type { ReactNode } from 'react'
import type { Payload } from '../wire/payload.ts'
import { routeOf, type PagePlan, type SlotPlan } from './page-plan.ts'
import type { PlannedRegion } from './plan-part.ts'
import { pathTo } from './plan-path.ts'
import type { RootWatch } from './root-watch.ts'

/**
 * The elements of a plan's regions, without the layouts that the browser has mounted: these run as
 * guards, because a header of the browser's must not get anybody around what a layout refuses. A page
 * is always rendered: its data may have changed since.
 */
export function regionElements(
  plan: PagePlan,
  watch: RootWatch,
  mounted: ReadonlySet<string>,
): Pick<Payload<ReactNode>, 'route' | 'regions' | 'guards'> {
  const elements: Elements = { regions: {}, guards: {} }
  const { slots, head } = plan
  const rendered = { watch, mounted, elements }
  const layouts = addPart(plan, [], rendered)
  for (const slot of slots) addPart(slot, layoutsOf(pathTo(plan, slot.owner)), rendered)
  const { regions, guards } = elements
  regions[head.id] = head.element({ watch, above: layouts })
  return { route: routeOf(plan), regions, ...(Object.keys(guards).length > 0 ? { guards } : {}) }
}

type Elements = Record<'regions' | 'guards', Record<string, ReactNode>>
type Rendered = { watch: RootWatch; mounted: ReadonlySet<string>; elements: Elements }

/** Adds the elements of the page's own regions, or a slot's; its layouts come after those above it. */
function addPart(
  { regions, isKept }: PagePlan | SlotPlan,
  above: readonly string[],
  { watch, mounted, elements }: Rendered,
): string[] {
  const layouts = [...above]
  for (const { link, element, isGuarding } of regions) {
    const { id } = link
    const isLayout = id.startsWith('layout:')
    const around = [...layouts]
    // What is kept of another page is as old as its layouts.
    const isShown = isLayout ? mounted.has(id) : isKept && layouts.every((one) => mounted.has(one))
    if (!isShown) elements.regions[id] = element({ watch, above: around })
    else if (isGuarding) elements.guards[id] = element({ watch, above: around, isGuard: true })
    if (isLayout) layouts.push(id)
  }
  return layouts
}

function layoutsOf(path: readonly PlannedRegion[]): string[] {
  return path.map(({ link }) => link.id).filter((id) => id.startsWith('layout:'))
}

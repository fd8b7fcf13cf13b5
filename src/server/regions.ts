import type { ReactNode } from 'react'
import { isLayoutRegion } from '../routes/region-id.ts'
import type { Payload } from '../wire/payload.ts'
import type { PagePart } from './affected.ts'
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
): RenderedElements {
  const elements: Elements = { regions: {}, guards: {} }
  const roleOf: RoleOf = ({ id, isLayout, isKept, above }) => {
    // What is kept of another page is as old as its layouts.
    const isShown = isLayout ? mounted.has(id) : isKept && above.every((one) => mounted.has(one))
    return isShown ? 'guard' : 'region'
  }
  const layouts = addFiles(plan, { watch, elements, roleOf })
  const { head } = plan
  elements.regions[head.id] = head.element({ watch, above: layouts })
  return { route: routeOf(plan), ...whole(elements) }
}

/**
 * The elements of a part of a page, for a browser that shows all of it. The metadata are made by the same
 * files, so they come with any of them; tracked regions alone need no route.
 */
export function partElements(
  plan: PagePlan,
  watch: RootWatch,
  { files, guards, tracked }: PagePart,
): RenderedElements {
  const elements: Elements = { regions: {}, guards: {} }
  const roleOf: RoleOf = ({ id }) => (files.has(id) ? 'region' : guards.has(id) ? 'guard' : null)
  const layouts = addFiles(plan, { watch, elements, roleOf })
  const hasFiles = files.size > 0
  const { head } = plan
  if (hasFiles) elements.regions[head.id] = head.element({ watch, above: layouts })
  for (const { id, element } of tracked) {
    elements.regions[id] = element({ watch, above: [...files, ...guards] })
  }
  return { ...(hasFiles ? { route: routeOf(plan) } : {}), ...whole(elements) }
}

type RenderedElements = Pick<Payload<ReactNode>, 'route' | 'regions' | 'guards'>

function whole({ regions, guards }: Elements): Omit<RenderedElements, 'route'> {
  return { regions, ...(Object.keys(guards).length > 0 ? { guards } : {}) }
}

type Elements = Record<'regions' | 'guards', Record<string, ReactNode>>

/** A region, the layouts above it, and what it is in an answer: a guard runs, and is not sent. */
type Place = { id: string; isLayout: boolean; isKept: boolean; above: readonly string[] }
type RoleOf = (place: Place) => 'region' | 'guard' | null

type Rendered = { watch: RootWatch; elements: Elements; roleOf: RoleOf }

/** Gives the layouts of the page itself. */
function addFiles(plan: PagePlan, rendered: Rendered): string[] {
  const layouts = addPart(plan, [], rendered)
  for (const slot of plan.slots) addPart(slot, layoutsOf(pathTo(plan, slot.owner)), rendered)
  return layouts
}

/** Adds the elements of the page's own regions, or a slot's; its layouts come after those above it. */
function addPart(
  { regions, isKept }: PagePlan | SlotPlan,
  around: readonly string[],
  { watch, elements, roleOf }: Rendered,
): string[] {
  const layouts = [...around]
  for (const { link, element, isGuarding } of regions) {
    const { id } = link
    const isLayout = isLayoutRegion(id)
    const above = [...layouts]
    if (isLayout) layouts.push(id)
    const role = roleOf({ id, isLayout, isKept, above })
    if (role === 'region') elements.regions[id] = element({ watch, above })
    else if (role === 'guard' && isGuarding) {
      elements.guards[id] = element({ watch, above, isGuard: true })
    }
  }
  return layouts
}

function layoutsOf(path: readonly PlannedRegion[]): string[] {
  return path.map(({ link }) => link.id).filter(isLayoutRegion)
}

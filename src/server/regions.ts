import type { ReactNode } from 'react'
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
  const layouts = addFiles(plan, { watch, mounted, elements })
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
  { part, mounted }: { part: PagePart; mounted: ReadonlySet<string> },
): RenderedElements {
  const elements: Elements = { regions: {}, guards: {} }
  const layouts = addFiles(plan, { watch, mounted, elements, only: part.files })
  const hasFiles = Object.keys(elements.regions).length > 0
  const { head } = plan
  if (hasFiles) elements.regions[head.id] = head.element({ watch, above: layouts })
  for (const { id, element } of part.tracked) {
    elements.regions[id] = element({ watch, above: layouts })
  }
  return { ...(hasFiles ? { route: routeOf(plan) } : {}), ...whole(elements) }
}

type RenderedElements = Pick<Payload<ReactNode>, 'route' | 'regions' | 'guards'>

function whole({ regions, guards }: Elements): Omit<RenderedElements, 'route'> {
  return { regions, ...(Object.keys(guards).length > 0 ? { guards } : {}) }
}

type Elements = Record<'regions' | 'guards', Record<string, ReactNode>>
type Rendered = {
  watch: RootWatch
  mounted: ReadonlySet<string>
  elements: Elements
  /** Without it all of the files' regions. */
  only?: ReadonlySet<string>
}

/** The layouts of the page itself. */
function addFiles(plan: PagePlan, rendered: Rendered): string[] {
  const layouts = addPart(plan, [], rendered)
  for (const slot of plan.slots) addPart(slot, layoutsOf(pathTo(plan, slot.owner)), rendered)
  return layouts
}

/** Adds the elements of the page's own regions, or a slot's; its layouts come after those above it. */
function addPart(
  { regions, isKept }: PagePlan | SlotPlan,
  above: readonly string[],
  { watch, mounted, elements, only }: Rendered,
): string[] {
  const layouts = [...above]
  for (const { link, element, isGuarding } of regions) {
    const { id } = link
    const isLayout = id.startsWith('layout:')
    const around = [...layouts]
    if (isLayout) layouts.push(id)
    // What is kept of another page is as old as its layouts.
    const isShown = isLayout ? mounted.has(id) : isKept && around.every((one) => mounted.has(one))
    if (only && !only.has(id)) continue
    if (!isShown) elements.regions[id] = element({ watch, above: around })
    else if (isGuarding) elements.guards[id] = element({ watch, above: around, isGuard: true })
  }
  return layouts
}

function layoutsOf(path: readonly PlannedRegion[]): string[] {
  return path.map(({ link }) => link.id).filter((id) => id.startsWith('layout:'))
}

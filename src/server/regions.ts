import type { ReactNode } from 'react'
import type { Payload } from '../wire/payload.ts'
import { routeOf, type PagePlan } from './page-plan.ts'
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
  const regions: Record<string, ReactNode> = {}
  const guards: Record<string, ReactNode> = {}
  const layouts: string[] = []
  for (const { link, element, isGuarding } of plan.regions) {
    const { id } = link
    const isMounted = id.startsWith('layout:') && mounted.has(id)
    const above = [...layouts]
    if (!isMounted) regions[id] = element({ watch, above })
    else if (isGuarding) guards[id] = element({ watch, above, isGuard: true })
    if (id.startsWith('layout:')) layouts.push(id)
  }
  regions[plan.head.id] = plan.head.element({ watch, above: layouts })
  return { route: routeOf(plan), regions, ...(Object.keys(guards).length > 0 ? { guards } : {}) }
}

import type { ReactNode } from 'react'
import type { Payload } from '../wire/payload.ts'
import { routeOf, type PagePlan } from './page-plan.ts'
import type { RootWatch } from './root-watch.ts'

/**
 * The elements of a plan's regions, without the layouts that the browser has mounted. A page is
 * always rendered: its data may have changed since.
 */
export function regionElements(
  plan: PagePlan,
  watch: RootWatch,
  mounted: ReadonlySet<string>,
): Pick<Payload<ReactNode>, 'route' | 'regions'> {
  const missing = plan.regions.filter(
    ({ link }) => !(link.id.startsWith('layout:') && mounted.has(link.id)),
  )
  const regions: Record<string, ReactNode> = Object.fromEntries(
    missing.map(({ link, element }) => [link.id, element(watch)]),
  )
  regions[plan.head.id] = plan.head.element(watch)
  return { route: routeOf(plan), regions }
}

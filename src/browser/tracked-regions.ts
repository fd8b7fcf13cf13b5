import type { FragmentInstance } from 'react'
import { type MountedRegion, tracker } from '../view/tracker.ts'
import { regionsHeader } from '../wire/header.ts'
import { encodeHandles } from '../wire/region-handle.ts'
import { againAt, arrive, refetch } from './arrive.ts'
import { loadDocument } from './load-document.ts'
import { latest } from './page.ts'
import { idsOf, isLater, newerOf } from './page-state.ts'
import { fetchPage } from './request.ts'
import { setTracking, type Tracking } from './tracking.ts'

/** From now on the runtime knows of tracked regions. */
export function trackRegions(): void {
  setTracking(trackedRegions)
  tracker.track = (instance, region) => {
    mounted.set(instance, region)
    return () => mounted.delete(instance)
  }
}

/** The tracked regions on the screen. React finds a region by its elements, as a fragment. */
const mounted = new Map<FragmentInstance, MountedRegion>()

/** What React adds to the elements at the top of a fragment with a ref. */
type Tracked = ParentNode & { reactFragments?: Set<FragmentInstance> }

const trackedRegions: Tracking = {
  headers() {
    const handles = []
    // Browsers set it while the listeners of an event run, and nothing else tells where a call comes from.
    let node = self.event?.target as Tracked | null | undefined
    for (; node; node = node.parentNode) {
      for (const instance of node.reactFragments ?? []) {
        const region = mounted.get(instance)
        if (region) handles.push(region.handle)
      }
    }
    return headersOf(handles)
  },

  keep({ route, regions }, older, newer) {
    const files = idsOf(route)
    for (const id in { ...older.regions, ...newer.regions }) {
      const region = newerOf(newer.regions[id], older.regions[id])
      if (region && !files.includes(id)) region.inside ??= placeOf(id)
      if (region?.inside && files.includes(region.inside[0] as string)) regions[id] = region
    }
    // What came alone is shown until what is around it comes again.
    for (const [id, { from, inside = [] }] of Object.entries(regions)) {
      if (inside.some((around) => regions[around] && isLater(regions[around].from, from))) {
        delete regions[id]
      }
    }
  },

  async freshen({ payload }, transition) {
    const { regions = {}, dropped = [] } = payload
    const handles = touchedBy(dropped, regions)
    if (handles.length === 0) return
    const { href } = latest.route
    const headers = headersOf(handles)
    try {
      if (!headers) return await refetch()
      const needsDocument = await arrive(
        await fetchPage(href, { headers }),
        againAt(href),
        transition,
      )
      if (needsDocument) await loadDocument(href, 'replace')
    } catch {
      // Without an answer the page stays as it is: there is nothing better to show.
    }
  },
}

/** None where there are none, or so many that the page as a whole is less. */
function headersOf(handles: readonly string[]): Record<string, string> | undefined {
  const text = encodeHandles(handles)
  return text ? { [regionsHeader]: text } : undefined
}

function placeOf(id: string): string[] | undefined {
  const found = [...mounted.values()].find((region) => region.id === id)
  return found && [found.file, ...found.around]
}

/** The outermost tracked regions with one of these tags, but for those that `regions` brings. */
function touchedBy(tags: readonly string[], regions: object): string[] {
  const touched = [...mounted.values()].filter(
    (region) =>
      region.tags.some((tag) => tags.includes(tag)) &&
      ![region.id, region.file, ...region.around].some((id) => id in regions),
  )
  const isInside = ({ around }: MountedRegion) => touched.some(({ id }) => around.includes(id))
  return [...new Set(touched.flatMap((one) => (isInside(one) ? [] : one.handle)))]
}

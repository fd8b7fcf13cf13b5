import type { FragmentInstance } from 'react'
import { type MountedRegion, tracker } from '../view/tracker.ts'
import { regionsHeader } from '../wire/header.ts'
import { encodeHandles, isTrackedId } from '../wire/region-handle.ts'
import { againAt, arrive, refetch } from './arrive.ts'
import { loadDocument } from './load-document.ts'
import { isOutdated, latest } from './page.ts'
import { type Dated, idsOf, isLater, newerOf, type Regions } from './page-state.ts'
import { fetchPage } from './request.ts'
import { setTracking, type Tracking } from './tracking.ts'

/** From now on the runtime knows of tracked regions. */
export function trackRegions(): void {
  setTracking(trackedRegions)
  tracker.track = (instance, region) => {
    mounted.set(instance, region)
    // What was touched while it was not there, as in a tab that was closed, is fetched now.
    if (isOld(region)) queueMicrotask(() => void fetchOld(null))
    return () => mounted.delete(instance)
  }
  tracker.isNewest = (regions, [id, ...around]) => isNewest(regions as Regions, id, around)
}

/** The tracked regions on the screen. React finds a region by its elements, as a fragment. */
const mounted = new Map<FragmentInstance, MountedRegion>()

/** The latest answer that says that a tag has changed. */
const touched = new Map<string, Dated>()
const maxTouched = 1_000

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
    const files = idsOf(route).flatMap((id) => regions[id] ?? [])
    for (const id in { ...older.regions, ...newer.regions }) {
      const region = newerOf(newer.regions[id], older.regions[id])
      if (!region || !isTrackedId(id)) continue
      // It is shown in the place where what is around it is older, and may come back there.
      if (files.some(({ from }) => !isLater(from, region.from))) regions[id] = region
    }
  },

  async freshen({ payload: { dropped = [] }, made }, transition) {
    for (const tag of dropped) {
      touched.delete(tag)
      touched.set(tag, made)
    }
    for (const tag of touched.keys()) {
      if (touched.size <= maxTouched) break
      touched.delete(tag)
    }
    await fetchOld(transition)
  },
}

/** Fetches the regions on the screen that show what has changed since. */
async function fetchOld(transition: object | null): Promise<void> {
  const old = [...mounted.values()].filter(isOld)
  const isInside = ({ around }: MountedRegion) => old.some(({ id }) => around.includes(id))
  const handles = new Set(old.flatMap((region) => (isInside(region) ? [] : region.handle)))
  if (handles.size === 0 || isOutdated) return
  const { href } = latest.route
  const headers = headersOf([...handles])
  try {
    if (!headers) return await refetch()
    const answer = await fetchPage(href, { headers })
    const needsDocument = await arrive(answer, againAt(href), transition)
    if (needsDocument && !isOutdated) await loadDocument(href, 'replace')
  } catch {
    // Without an answer the page stays as it is: there is nothing better to show.
  }
}

/** Whether one of its tags has changed since what is shown of it was rendered. */
function isOld({ id, file, around, tags }: MountedRegion): boolean {
  const shown = [id, file, ...around].flatMap((one) => latest.regions[one]?.from ?? [])
  return tags.some((tag) => {
    const made = touched.get(tag)
    return made && !shown.some((from) => from === made || isLater(from, made))
  })
}

function isNewest(regions: Regions, id: string | undefined, around: readonly string[]): boolean {
  const own = regions[id ?? '']?.from
  return (
    own !== undefined &&
    !around.some((one) => {
      const other = regions[one]?.from
      return other && isLater(other, own)
    })
  )
}

/** None where there are none, or so many that the page as a whole is less. */
function headersOf(handles: readonly string[]): Record<string, string> | undefined {
  const text = encodeHandles(handles)
  return text ? { [regionsHeader]: text } : undefined
}

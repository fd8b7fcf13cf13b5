import type { RequestContext } from '../context/request-context.ts'
import { isLayoutRegion } from '../routes/region-id.ts'
import type { PagePlan } from './page-plan.ts'
import { pageTags } from './page-tags.ts'
import { allRegions } from './plan-path.ts'
import type { PlannedRegion } from './plan-part.ts'
import type { RegionTags } from './region-tags.ts'
import type { TrackedElement } from './tracked-elements.ts'

/** The part of a page that an answer has to render. */
export type PagePart = {
  /** Regions of files. */
  files: ReadonlySet<string>
  /** Layouts that the browser has: they run for what they may refuse of the rest. */
  guards: ReadonlySet<string>
  /** Those that are rendered alone. */
  tracked: readonly TrackedElement[]
}

/**
 * The regions of files that a call has touched; `null` for the page as a whole. A region that says nothing
 * of what it depends on is touched by every call that invalidates something. What a region reads of cookies
 * nobody knows, and who names a page's path means all of it.
 */
export async function affectedFiles(
  plan: PagePlan,
  { cookies, invalidation }: Pick<RequestContext, 'cookies' | 'invalidation'>,
): Promise<ReadonlySet<string> | null> {
  if (cookies?.isChanged() || invalidation.refresh || plan.status !== 200) return null
  const { tags } = invalidation
  const isInvalid = (tag: string): boolean => tags.has(tag)
  if (pageTags(plan).some(isInvalid)) return null
  const regions = allRegions(plan)
  const depended = await Promise.all(regions.map(tagsOf))
  const affected = regions.filter((_, i) => depended[i]?.some(isInvalid) ?? true)
  return affected.length === regions.length ? null : idsOf(affected)
}

/** All layouts of a page but some. */
export function otherLayouts(plan: PagePlan, than: ReadonlySet<string>): ReadonlySet<string> {
  return idsOf(layoutsOf(plan).filter(({ link }) => !than.has(link.id)))
}

/** The layouts of a page that say nothing of what they depend on: they may have come to refuse what is below. */
export async function untrackedLayouts(plan: PagePlan): Promise<ReadonlySet<string>> {
  const layouts = layoutsOf(plan)
  const depended = await Promise.all(layouts.map(tagsOf))
  return idsOf(layouts.filter((_, i) => depended[i] === null))
}

function layoutsOf(plan: PagePlan): PlannedRegion[] {
  return allRegions(plan).filter(({ link }) => isLayoutRegion(link.id))
}

/** The root of the region meets the same error when it is rendered, which its boundary answers. */
async function tagsOf(region: PlannedRegion): Promise<RegionTags> {
  try {
    return (await region.tags?.()) ?? null
  } catch {
    return null
  }
}

function idsOf(regions: readonly PlannedRegion[]): ReadonlySet<string> {
  return new Set(regions.map(({ link }) => link.id))
}

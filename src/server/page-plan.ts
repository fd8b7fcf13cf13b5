import type { ReactNode } from 'react'
import { hasInterceptions } from '../routes/has-interceptions.ts'
import { isIntercepting } from '../routes/intercept.ts'
import { paramsOf, type RouteMatch, type SlotMatch } from '../routes/match-route.ts'
import { layoutRegion } from '../routes/region-id.ts'
import type { ErrorView } from '../view/router-context.ts'
import type { Route } from '../wire/payload.ts'
import { slotOf } from '../wire/slot.ts'
import type { App } from './app.ts'
import { errorComponent } from './boundaries.tsx'
import type { SiteConfig } from './config.ts'
import { headElement } from './head.tsx'
import { loadRoute, type LoadedNode } from './load-route.ts'
import { mapPacked } from './map-packed.ts'
import type { PageProps } from './page-props.ts'
import { pageTagHashes } from './page-tags.ts'
import { pageListing } from './page-listing.ts'
import { type EarlierPage, parsePage } from './page-name.ts'
import { planPart, type PartPlan, type PlannedRegion, type Rendering } from './plan-part.ts'
import { shownPages } from './shown-pages.ts'
import { shownHref } from './site-path.ts'
import type { Target } from './target.ts'

/** The regions of a slot, the outermost first; none where it has nothing to show. */
export type SlotPlan = {
  /** What its outlet is addressed by. */
  of: string
  /** The layout that it is a property of. */
  owner: string
  regions: PlannedRegion[]
  loaded: readonly LoadedNode[]
  segments: string[]
  isKept: boolean
}

/** A page before it is rendered. A plan can be rendered again with a region replaced. */
export type PagePlan = {
  status: number
  site: SiteConfig
  target: Target
  match: RouteMatch
  /** The pages, the latest first, that slots may be kept from. */
  earlier: readonly EarlierPage[]
  /** The pathname of the page that the target is intercepted on. */
  on: string | undefined
  loaded: readonly LoadedNode[]
  /** What the page and `generateMetadata` get. */
  props: PageProps
  /** From the root layout to the page. */
  regions: PlannedRegion[]
  /** Each comes after the one that it is in. */
  slots: SlotPlan[]
  head: { id: string; element: (rendering: Rendering) => ReactNode }
  /** Whether the page is not the target's own, which has only slots. */
  isKept: boolean
  /** Whether its files list the parameters of its path. */
  isListed: boolean
  /** `global-error`, where the app has one. */
  globalError: ErrorView | null
}

export type PlanOptions = Pick<PagePlan, 'target' | 'earlier'> & {
  /** The pathname that the target would be intercepted on. */
  below: string | undefined
}

/**
 * Loads the files of a match and lays out its regions. For a match without a page there is none. The
 * plan is made whole, by no spread, so that it has one hidden class: decisions/029-hidden-classes.md.
 */
export async function planPage(
  app: App,
  match: RouteMatch,
  options: PlanOptions,
): Promise<PagePlan> {
  const { target, earlier, below } = options
  const { kind, nodes, from } = match
  const own = await planMatched(app, { kind, nodes, at: 0, from }, target)
  const listing = kind === 'page' ? await pageListing(app, own.loaded) : 'other'
  if (listing === 'refused') return planPage(app, unmatched(match), options)
  const parts = await Promise.all(match.slots.map((slot) => planMatched(app, slot, target)))
  const { loaded, props, regions } = own
  return {
    status: 200,
    site: app.config.site,
    target,
    match,
    earlier,
    on: [match, ...match.slots].some(isIntercepting) ? below : undefined,
    loaded,
    props,
    regions,
    isKept: from !== undefined,
    isListed: listing === 'listed',
    slots: mapPacked(parts, slotPlan),
    // What intercepts a page stands for it.
    head: planHead(parts.find(({ part }) => isIntercepting(part)) ?? own, target),
    globalError: (loaded[0] && errorComponent(loaded[0], 'global-error')) ?? null,
  }
}

/** A path that no file answers for. */
function unmatched({ nodes }: RouteMatch): RouteMatch {
  return { kind: 'none', nodes: nodes.slice(0, 1), params: {}, slots: [] }
}

type MatchedPart = Pick<RouteMatch, 'kind'> &
  Pick<SlotMatch, 'nodes' | 'at'> & { from?: string | undefined }
type MatchedPlan = PartPlan & { part: MatchedPart; loaded: readonly LoadedNode[] }

async function planMatched(app: App, part: MatchedPart, target: Target): Promise<MatchedPlan> {
  const { kind, nodes, at, from } = part
  const loaded = await loadRoute(app, nodes)
  const { regions, props } = planPart({ kind, loaded, at, target: targetOf(from, target) })
  return { part, loaded, regions, props }
}

function slotPlan({ part, loaded, regions }: MatchedPlan): SlotPlan {
  const { kind, nodes, at, from } = part
  const owner = layoutRegion(nodes.slice(0, at))
  const name = nodes[at]?.value.slice(1) ?? ''
  return {
    of: slotOf(owner, name),
    owner,
    regions,
    loaded: kind === 'none' ? [] : loaded.slice(at),
    segments: mapPacked(nodes.slice(at + 1), ({ value }) => value),
    isKept: from !== undefined,
  }
}

function planHead(
  { part, loaded, regions, props }: MatchedPlan,
  { href }: Target,
): PagePlan['head'] {
  const { kind } = part
  const leaf = regions.at(-1)?.link.id
  const region = kind === 'none' || leaf === undefined ? `page:${href}` : leaf
  const kinds = kind === 'page' ? (['layout', 'page'] as const) : (['layout'] as const)
  return {
    id: `head:${region}`,
    element: (rendering) => headElement({ loaded, kinds, props, region, ...rendering }),
  }
}

/** Where a part that is kept was matched. */
function targetOf(from: string | undefined, target: Target): Target {
  return (from === undefined ? null : parsePage(from)) ?? target
}

/** The plan as the browser knows it. */
export function routeOf(plan: PagePlan): Route {
  const { site, target, match, regions, slots, head, status } = plan
  const route: Route = {
    href: shownHref(target, site),
    status,
    chain: mapPacked(regions, ({ link }) => link),
    head: head.id,
    params: match.params,
    segments: mapPacked(match.nodes.slice(1), ({ value }) => value),
    tags: pageTagHashes({ target, match }),
  }
  const root = match.nodes[0]?.node
  const isPlain = slots.length === 0 && !(root && hasInterceptions(root))
  return isPlain ? route : withSlots(route, plan)
}

function withSlots(route: Route, plan: PagePlan): Route {
  const { match, slots } = plan
  const chains = slots.flatMap(({ of, segments, regions }) =>
    regions.map(({ link }, i) => ({ ...link, segments, ...(i === 0 ? { of } : {}) })),
  )
  // Those of the address come last, and of these the page's own: they win over others of the same name.
  const parts = [...match.slots, match]
  const kept = parts.filter(({ from }) => from !== undefined)
  const fresh = parts.filter(({ from }) => from === undefined)
  return {
    ...route,
    chain: [...route.chain, ...chains],
    params: Object.assign({}, ...[...kept, ...fresh].map(({ nodes }) => paramsOf(nodes))),
    pages: shownPages(plan),
  }
}

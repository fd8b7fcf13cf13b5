import type { ReactNode } from 'react'
import { paramsOf, type RouteMatch, type SlotMatch } from '../routes/match-route.ts'
import { layoutRegion } from '../routes/region-id.ts'
import type { ErrorView } from '../view/router-context.ts'
import type { Route } from '../wire/payload.ts'
import { slotOf } from '../wire/slot.ts'
import type { App } from './app.ts'
import { errorComponent } from './boundaries.tsx'
import { headElement } from './head.tsx'
import { pageListing } from './page-listing.ts'
import { loadRoute, type LoadedNode } from './load-route.ts'
import type { SiteConfig } from './config.ts'
import type { PageProps } from './page-props.ts'
import { pageTagHashes } from './page-tags.ts'
import { planPart, type PlannedRegion, type Rendering } from './plan-part.ts'
import { shownHref } from './site-path.ts'
import { parseTarget, type Target } from './target.ts'

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
  earlier: readonly Target[]
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

/** Loads the files of a match and lays out its regions. For a match without a page there is none. */
export async function planPage(app: App, match: RouteMatch, target: Target): Promise<PagePlan> {
  const { kind, nodes, from } = match
  const loaded = await loadRoute(app, nodes)
  const listing = kind === 'page' ? await pageListing(app, loaded) : 'other'
  if (listing === 'refused') return planPage(app, unmatched(match), target)
  const own = targetOf(from, target)
  const { regions, props } = planPart({ kind, loaded, at: 0, target: own })
  const leaf = regions.at(-1)?.link.id
  const id = kind === 'none' || leaf === undefined ? `page:${target.href}` : leaf
  const kinds = kind === 'page' ? (['layout', 'page'] as const) : (['layout'] as const)
  return {
    status: 200,
    site: app.config.site,
    target,
    match,
    earlier: [],
    loaded,
    props,
    regions,
    isKept: from !== undefined,
    isListed: listing === 'listed',
    slots: await Promise.all(match.slots.map((slot) => planSlot(app, slot, target))),
    head: {
      id: `head:${id}`,
      element: (rendering) => headElement({ loaded, kinds, props, region: id, ...rendering }),
    },
    globalError: (loaded[0] && errorComponent(loaded[0], 'global-error')) ?? null,
  }
}

/** A path that no file answers for. */
function unmatched({ nodes }: RouteMatch): RouteMatch {
  return { kind: 'none', nodes: nodes.slice(0, 1), params: {}, slots: [] }
}

async function planSlot(app: App, slot: SlotMatch, target: Target): Promise<SlotPlan> {
  const { kind, nodes, at, from } = slot
  const loaded = await loadRoute(app, nodes)
  const own = targetOf(from, target)
  const owner = layoutRegion(nodes.slice(0, at))
  const name = nodes[at]?.value.slice(1) ?? ''
  return {
    of: slotOf(owner, name),
    owner,
    regions: planPart({ kind, loaded, at, target: own }).regions,
    loaded: kind === 'none' ? [] : loaded.slice(at),
    segments: nodes.slice(at + 1).map(({ value }) => value),
    isKept: from !== undefined,
  }
}

/** Where a part that is kept was matched. */
function targetOf(from: string | undefined, target: Target): Target {
  return (from === undefined ? null : parseTarget(from)) ?? target
}

/** The plan as the browser knows it. */
export function routeOf(plan: PagePlan): Route {
  const { site, target, match, regions, head, status } = plan
  const route: Route = {
    href: shownHref(target, site),
    status,
    chain: regions.map(({ link }) => link),
    head: head.id,
    params: match.params,
    segments: match.nodes.slice(1).map(({ value }) => value),
    tags: pageTagHashes({ target, match }),
  }
  return plan.slots.length === 0 ? route : withSlots(route, plan)
}

function withSlots(route: Route, { site, match, slots, earlier }: PagePlan): Route {
  const parts = [match, ...match.slots]
  const kept = earlier.filter(({ href }) => parts.some(({ from }) => from === href))
  const chains = slots.flatMap(({ of, segments, regions }) =>
    regions.map(({ link }, i) => ({ ...link, segments, ...(i === 0 ? { of } : {}) })),
  )
  return {
    ...route,
    chain: [...route.chain, ...chains],
    // The page's own come last: they win over those of a slot with the same name.
    params: Object.assign({}, ...match.slots.map(({ nodes }) => paramsOf(nodes)), match.params),
    pages: [route.href, ...kept.map((page) => shownHref(page, site))],
  }
}

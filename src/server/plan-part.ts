import { createElement, Fragment, type ReactNode } from 'react'
import { paramsOf } from '../routes/match-route.ts'
import { pageRegion } from '../routes/region-id.ts'
import type { ChainLink } from '../wire/payload.ts'
import type { Boundaries } from './boundaries.tsx'
import { layOut, type LaidFile, type LaidLayout, type LaidLeaf, type Part } from './lay-out.ts'
import { mapPacked } from './map-packed.ts'
import { layoutProps, pageProps, type PageProps } from './page-props.ts'
import { RegionRoot, type RegionRootProps } from './region-root.tsx'
import { regionTags, type RegionTags } from './region-tags.ts'
import type { Target } from './target.ts'

/** How a region takes part in an answer. */
export type Rendering = Pick<RegionRootProps, 'watch' | 'above' | 'isGuard'>

/** One region of a page: how to render it, and the boundaries that it holds for those below. */
export type PlannedRegion = {
  link: ChainLink
  element: (rendering: Rendering) => ReactNode
  boundaries: Boundaries | null
  /** Whether its root runs on the server, where it may refuse what lies below. */
  isGuarding: boolean
  /** What it says that it depends on; what stands for another says nothing. */
  tags?: () => RegionTags | Promise<RegionTags>
}

/** The page's own regions, or those of a slot: layouts, and at the end what they are for. */
export type PartPlan = {
  regions: PlannedRegion[]
  /** What the page and `generateMetadata` get. */
  props: PageProps
}

export type PartOptions = Part & { target: Target }

/** The regions of a part, for one request. */
export function planPart(options: PartOptions): PartPlan {
  const { nodes, layouts, leaf } = layOut(options)
  const { pathname, search } = options.target
  // Each request has its own: components may change them.
  const props = pageProps(() => paramsOf(nodes), search)
  const regions = mapPacked(layouts, planLayout)
  if (!leaf) return { regions, props }
  const { depth } = leaf
  const isPage = leaf.kind === 'page'
  const id = isPage && search !== '' ? pageRegion(nodes, search) : leaf.id
  // Other search parameters leave it the same page, with its inputs and its state.
  const link = isPage ? { id, depth, key: pathname } : { id, depth }
  regions.push(planLeaf(leaf, { link, props }))
  return { regions, props }
}

function planLayout({ link, boundaries, file, params, outlet, slots }: LaidLayout): PlannedRegion {
  const isGuarding = file?.component.isClient === false
  if (!file) {
    // A template and what stands for an interruption are components of the app, too.
    const { template, interruptions = {} } = boundaries ?? {}
    const isPlain = !template && Object.keys(interruptions).length === 0
    const tags = (): RegionTags => (isPlain ? [] : null)
    return { link, boundaries, isGuarding, element: () => outlet, tags }
  }
  const { id } = link
  const own = layoutProps(params)
  const tags = regionTags(file, { id, props: own })
  const element = (rendering: Rendering): ReactNode => {
    const props = { ...slots, ...own, children: outlet }
    return rootElement({ id, file, props, tags, rendering })
  }
  return { link, boundaries, isGuarding, element, tags }
}

function planLeaf(
  { file }: LaidLeaf,
  { link, props }: { link: ChainLink; props: PageProps },
): PlannedRegion {
  const { id } = link
  const tags = regionTags(file, { id, props })
  // A component may give them on, and React takes no object with a symbol.
  const element = (rendering: Rendering): ReactNode =>
    rootElement({ id, file, props: { ...props }, tags, rendering })
  return { link, boundaries: null, isGuarding: false, element, tags }
}

type RootElement = {
  id: string
  file: LaidFile
  props: Record<string, unknown>
  tags: () => RegionTags | Promise<RegionTags>
  rendering: Rendering
}

/** Style sheets come first, so that the browser has them before what they style. */
function rootElement({ id, file, props, tags, rendering }: RootElement): ReactNode {
  const { css, component } = file
  const { type, isClient } = component
  if (isClient) return createElement(Fragment, null, css, createElement(type, props))
  rendering.watch.expect(id)
  const root = createElement(RegionRoot, { region: id, component: type, props, tags, ...rendering })
  return createElement(Fragment, null, rendering.isGuard ? null : css, root)
}

import { createElement, Fragment, type ReactNode } from 'react'
import { paramsOf, type RouteMatch } from '../routes/match-route.ts'
import { defaultRegion, layoutRegion, pageRegion } from '../routes/region-id.ts'
import type { ChainLink } from '../wire/payload.ts'
import { slotOf } from '../wire/slot.ts'
import { boundariesOf, outletElement, type Boundaries } from './boundaries.tsx'
import { componentOf } from './component-of.ts'
import type { LoadedNode } from './load-route.ts'
import { layoutProps, pageProps, type PageProps } from './page-props.ts'
import { RegionRoot, type RegionRootProps } from './region-root.tsx'
import { regionTags } from './region-tags.ts'
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

/** `null` where nothing is said. */
export type RegionTags = readonly string[] | null

/** The page's own regions, or those of a slot: layouts, and at the end what they are for. */
export type PartPlan = {
  regions: PlannedRegion[]
  /** What the page and `generateMetadata` get. */
  props: PageProps
}

export type PartOptions = {
  kind: RouteMatch['kind']
  loaded: readonly LoadedNode[]
  /** The first directory of the part: what is above it has regions in another one. */
  at: number
  target: Target
}

/** Lays out the regions of a part. */
export function planPart({ kind, loaded, at, target }: PartOptions): PartPlan {
  const nodes = loaded.map(({ matched }) => matched)
  const props = pageProps(paramsOf(nodes), target.search)
  const isSlot = at > 0
  // A slot with nothing for the path shows its `default` file in place of all that it has.
  const from = isSlot && kind === 'none' ? loaded.length : at
  const layouts = loaded.flatMap((_, i) =>
    i < from ? [] : (layoutOf(loaded.slice(0, i + 1), at) ?? []),
  )
  const depth = nodes.length - 1 - at
  const page = { file: 'page', id: pageRegion(nodes, target.search) } as const
  const stand = { file: 'default', id: defaultRegion(nodes) } as const
  const found = kind === 'page' ? page : isSlot || kind === 'default' ? stand : null
  const leaf = found && leafOf({ ...found, loaded, depth, props })
  // Other search parameters leave it the same page, with its inputs and its state.
  if (leaf && kind === 'page') leaf.link.key = target.pathname
  return { regions: leaf ? [...layouts, leaf] : layouts, props }
}

/**
 * A directory with a layout, or with a boundary for what lies below, is a region. Without a layout
 * it only passes on what it holds.
 */
function layoutOf(loaded: readonly LoadedNode[], at: number): PlannedRegion | null {
  const node = loaded.at(-1)
  const boundaries = node ? boundariesOf(node) : null
  const layout = node?.files['layout']
  if (!node || (!layout && !boundaries)) return null
  const nodes = loaded.map(({ matched }) => matched)
  const id = layoutRegion(nodes)
  // It stays while the parameters below its own path change.
  const own = layoutProps(() => paramsOf(nodes))
  const component = layout && componentOf(layout, node.matched.node.files.layout)
  const tags = layout ? regionTags(layout, { id, props: own }) : () => []
  const element = (rendering: Rendering): ReactNode => {
    const outlet = outletElement(id, boundaries)
    if (!layout || !component) return outlet
    const slots = slotElements(node, id, boundaries)
    const props = { ...slots, ...own, children: outlet }
    return rootElement({ id, component, css: layout.css, props, tags, rendering })
  }
  const isGuarding = component?.isClient === false
  const link = { id, depth: nodes.length - 1 - at }
  return { link, element, boundaries, isGuarding, tags }
}

/** The outlets of a layout's slots, by their names. */
function slotElements(
  { matched }: LoadedNode,
  id: string,
  boundaries: Boundaries | null,
): Record<string, ReactNode> {
  const slots: Record<string, ReactNode> = {}
  for (const { segment } of matched.node.children) {
    if (segment.kind !== 'slot') continue
    slots[segment.slot] = outletElement(slotOf(id, segment.slot), boundaries)
  }
  return slots
}

type Leaf = {
  loaded: readonly LoadedNode[]
  file: 'page' | 'default'
  id: string
  depth: number
  props: PageProps
}

function leafOf({ loaded, file, id, depth, props }: Leaf): PlannedRegion | null {
  const node = loaded.at(-1)
  const found = node?.files[file]
  if (!found) return null
  const component = componentOf(found, node.matched.node.files[file])
  const { css } = found
  const tags = regionTags(found, { id, props })
  return {
    link: { id, depth },
    element: (rendering) => rootElement({ id, component, css, props, tags, rendering }),
    boundaries: null,
    isGuarding: false,
    tags,
  }
}

type RootElement = {
  id: string
  component: ReturnType<typeof componentOf>
  css: ReactNode
  props: Record<string, unknown>
  tags: () => RegionTags | Promise<RegionTags>
  rendering: Rendering
}

/** Style sheets come first, so that the browser has them before what they style. */
function rootElement({ id, component, css, props, tags, rendering }: RootElement): ReactNode {
  const { type, isClient } = component
  if (isClient) return createElement(Fragment, null, css, createElement(type, props))
  rendering.watch.expect(id)
  const root = createElement(RegionRoot, { region: id, component: type, props, tags, ...rendering })
  return createElement(Fragment, null, rendering.isGuard ? null : css, root)
}

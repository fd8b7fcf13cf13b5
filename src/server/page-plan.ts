import { createElement, Fragment, type ReactNode } from 'react'
import type { MatchedNode, RouteMatch } from '../routes/match-route.ts'
import { layoutRegion, pageRegion } from '../routes/region-id.ts'
import type { ErrorView } from '../view/router-context.ts'
import type { ChainLink, Route } from '../wire/payload.ts'
import type { App } from './app.ts'
import { boundariesOf, errorComponent, outletElement, type Boundaries } from './boundaries.tsx'
import { headElement } from './head.tsx'
import { componentOf } from './component-of.ts'
import { loadRoute, type LoadedNode } from './load-route.ts'
import { pageProps, type PageProps } from './page-props.ts'
import { RegionRoot, type RegionRootProps } from './region-root.tsx'
import { pageTagHashes } from './page-tags.ts'
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
}

/** A page before it is rendered. A plan can be rendered again with a region replaced. */
export type PagePlan = {
  status: number
  target: Target
  match: RouteMatch
  loaded: readonly LoadedNode[]
  /** What the page and `generateMetadata` get. */
  props: PageProps
  /** From the root layout to the page. */
  regions: PlannedRegion[]
  head: { id: string; element: (rendering: Rendering) => ReactNode }
  /** `global-error`, where the app has one. */
  globalError: ErrorView | null
}

/** Loads the files of a match and lays out its regions. For a match without a page there is none. */
export async function planPage(app: App, match: RouteMatch, target: Target): Promise<PagePlan> {
  const loaded = await loadRoute(app, match.nodes)
  const props = pageProps(match.params, target.search)
  const layouts = loaded.flatMap((_, i) => layoutOf(loaded.slice(0, i + 1)) ?? [])
  const page = match.kind === 'page' ? pageOf(loaded, target.search, props) : null
  const regions = page ? [...layouts, page] : layouts
  const id = page?.link.id ?? `page:${target.href}`
  return {
    status: 200,
    target,
    match,
    loaded,
    props,
    regions,
    head: {
      id: `head:${id}`,
      element: (rendering) =>
        headElement({ loaded, kinds: ['layout', 'page'], props, region: id, ...rendering }),
    },
    globalError: (loaded[0] && errorComponent(loaded[0], 'global-error')) ?? null,
  }
}

/** The plan as the browser knows it. */
export function routeOf({ target, match, regions, head, status }: PagePlan): Route {
  return {
    href: target.href,
    status,
    chain: regions.map(({ link }) => link),
    head: head.id,
    params: match.params,
    segments: match.nodes.slice(1).map(({ value }) => value),
    tags: pageTagHashes({ target, match }),
  }
}

/**
 * A directory with a layout, or with a boundary for what lies below, is a region. Without a layout
 * it only passes on what it holds.
 */
function layoutOf(loaded: readonly LoadedNode[]): PlannedRegion | null {
  const node = loaded.at(-1)
  const boundaries = node ? boundariesOf(node) : null
  const layout = node?.files['layout']
  if (!node || (!layout && !boundaries)) return null
  const nodes = loaded.map(({ matched }) => matched)
  const id = layoutRegion(nodes)
  const params = ownParams(nodes)
  const component = layout && componentOf(layout, node.matched.node.files.layout)
  const element = (rendering: Rendering): ReactNode => {
    const outlet = outletElement(id, boundaries)
    if (!layout || !component) return outlet
    const props = { params, children: outlet }
    return rootElement({ id, component, css: layout.css, props, rendering })
  }
  const isGuarding = component?.isClient === false
  return { link: { id, depth: nodes.length - 1 }, element, boundaries, isGuarding }
}

function pageOf(
  loaded: readonly LoadedNode[],
  search: string,
  props: PageProps,
): PlannedRegion | null {
  const node = loaded.at(-1)
  const page = node?.files['page']
  if (!node || !page) return null
  const nodes = loaded.map(({ matched }) => matched)
  const id = pageRegion(nodes, search)
  const component = componentOf(page, node.matched.node.files.page)
  return {
    link: { id, depth: nodes.length - 1 },
    element: (rendering) => rootElement({ id, component, css: page.css, props, rendering }),
    boundaries: null,
    isGuarding: false,
  }
}

type RootElement = {
  id: string
  component: ReturnType<typeof componentOf>
  css: ReactNode
  props: Record<string, unknown>
  rendering: Rendering
}

/** Style sheets come first, so that the browser has them before what they style. */
function rootElement({ id, component, css, props, rendering }: RootElement): ReactNode {
  const { type, isClient } = component
  if (isClient) return createElement(Fragment, null, css, createElement(type, props))
  rendering.watch.expect(id)
  const root = createElement(RegionRoot, { region: id, component: type, props, ...rendering })
  return createElement(Fragment, null, rendering.isGuard ? null : css, root)
}

/** A layout gets the parameters of its own path: it stays while those below change. */
function ownParams(nodes: readonly MatchedNode[]): Promise<RouteMatch['params']> {
  const params: RouteMatch['params'] = {}
  for (const { node, value } of nodes) {
    const { segment } = node
    // An optional catch-all that took nothing has no entry, as in the page's parameters.
    if (!('name' in segment) || segment.kind === 'group' || value === '') continue
    params[segment.name] = segment.kind === 'param' ? value : value.split('/')
  }
  return Promise.resolve(params)
}

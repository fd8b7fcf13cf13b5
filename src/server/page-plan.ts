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
import { RegionRoot } from './region-root.tsx'
import type { RootWatch } from './root-watch.ts'
import type { Target } from './target.ts'

/** One region of a page: how to render it, and the boundaries that it holds for those below. */
export type PlannedRegion = {
  link: ChainLink
  element: (watch: RootWatch) => ReactNode
  boundaries: Boundaries | null
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
  head: { id: string; element: (watch: RootWatch) => ReactNode }
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
      element: (watch) =>
        headElement({ loaded, kinds: ['layout', 'page'], props, region: id, watch }),
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
  const element = (watch: RootWatch): ReactNode => {
    const outlet = outletElement(id, boundaries)
    if (!layout) return outlet
    const component = componentOf(layout, node.matched.node.files.layout)
    return rootElement({
      id,
      component,
      css: layout.css,
      watch,
      props: { params, children: outlet },
    })
  }
  return { link: { id, depth: nodes.length - 1 }, element, boundaries }
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
    element: (watch) => rootElement({ id, component, css: page.css, watch, props }),
    boundaries: null,
  }
}

type RootElement = {
  id: string
  component: ReturnType<typeof componentOf>
  css: ReactNode
  watch: RootWatch
  props: Record<string, unknown>
}

/** Style sheets come first, so that the browser has them before what they style. */
function rootElement({ id, component, css, watch, props }: RootElement): ReactNode {
  if (!component.isClient) watch.expect(id)
  const root = component.isClient
    ? createElement(component.type, props)
    : createElement(RegionRoot, { region: id, component: component.type, props, watch })
  return createElement(Fragment, null, css, root)
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

import type { ComponentType, ReactNode } from 'react'
import type { RouteHref } from '../../link.ts'
import type { SlotName } from '../../server.ts'
import type { RouteParams } from './route-params.ts'

export type {
  Metadata,
  MetadataRoute,
  ResolvedMetadata,
  ResolvingMetadata,
  ResolvingViewport,
  Viewport,
} from '../../server.ts'
export type * as Instrumentation from './instrumentation.ts'

/** What `next.config.ts` may say; Volley reads its own options from `vite.config.ts`. */
export type NextConfig = Record<string, unknown>

export type NextPage<props = object> = ComponentType<props>

/** A target of a link: with `typedRoutes` one that leads somewhere. */
export type Route<href extends string = string> = RouteHref<href>

/** The properties of a page, e.g. `PageProps<'/posts/[id]'>`. */
export type PageProps<path extends string = string> = {
  params: Promise<RouteParams<path>>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The properties of a layout, e.g. `LayoutProps<'/posts/[id]'>`. */
export type LayoutProps<path extends string = string> = {
  params: Promise<RouteParams<path>>
  children: ReactNode
} & { [slot in SlotName<path>]: ReactNode }

/** The second argument of a route handler, e.g. `RouteContext<'/api/[id]'>`. */
export type RouteContext<path extends string = string> = { params: Promise<RouteParams<path>> }

import { type ComponentType, type Context, createContext, type ReactNode } from 'react'
import type { RouteHref } from '../routes/route-href.ts'
import type { Route } from '../wire/payload.ts'

/** What `useRouter()` gives. */
export interface Router {
  push: <href extends string>(href: RouteHref<href>, options?: NavigateOptions) => void
  replace: <href extends string>(href: RouteHref<href>, options?: NavigateOptions) => void
  /** Renders the current page again on the server; client state stays. */
  refresh: () => void
  back: () => void
  forward: () => void
  prefetch: <href extends string>(href: RouteHref<href>) => void
}

export type NavigateOptions = {
  /** `false` keeps the scroll position. Default: to the top, or to the element the hash names. */
  scroll?: boolean | undefined
}

/** What is on the screen: where the browser is, and the elements of the page's regions. */
export type RouterState = {
  route: Route
  regions: Readonly<Record<string, { readonly element: ReactNode }>>
}

/** The component of an `error` or `global-error` file. */
export type ErrorView = ComponentType<{ error: ShownError; reset: () => void }>
export type ShownError = Error & { digest?: string }

/** Every page provides these three: what is outside of one has no router. */
export const RouterContext: Context<Router> = createContext(undefined as unknown as Router)

/** Apart from the router, so that a link is not rendered again with every new region. */
export const PageContext: Context<RouterState> = createContext(undefined as unknown as RouterState)

/** The region that is being rendered. */
export const RegionContext: Context<string> = createContext('')

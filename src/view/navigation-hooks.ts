'use client'
import { useContext, useMemo } from 'react'
import type { Route } from '../wire/payload.ts'
import { ReadonlyURLSearchParams } from './readonly-search-params.ts'
import { DepthContext, PageContext, type Router, RouterContext } from './router-context.ts'

export function useRouter(): Router {
  return useContext(RouterContext)
}

/** The path of the page, as the address bar shows it, without search parameters. */
export function usePathname(): string {
  return useRoute().href.replace(/\?.*/s, '')
}

export function useSearchParams(): ReadonlyURLSearchParams {
  const { href } = useRoute()
  return useMemo(() => new ReadonlyURLSearchParams(href.replace(/^[^?]*/, '')), [href])
}

/** The decoded parameters of the route: `{ id: '7' }` at `/posts/7` for `posts/[id]`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- Callers name their route's.
export function useParams<params extends Route['params'] = Route['params']>(): params {
  return useRoute().params as params
}

/** The segment of the route just below the layout that this is called in, or `null` at its page. */
export function useSelectedLayoutSegment(): string | null {
  return useSelectedLayoutSegments()[0] ?? null
}

/** All segments of the route below the layout that this is called in. */
export function useSelectedLayoutSegments(): string[] {
  return useRoute().segments.slice(useContext(DepthContext))
}

function useRoute(): Route {
  return useContext(PageContext).route
}

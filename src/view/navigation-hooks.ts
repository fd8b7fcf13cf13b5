'use client'
import { useContext, useMemo } from 'react'
import type { Route } from '../wire/payload.ts'
import { slotOf } from '../wire/slot.ts'
import { ReadonlyURLSearchParams } from './readonly-search-params.ts'
import { PageContext, RegionContext, type Router, RouterContext } from './router-context.ts'

export function useRouter(): Router {
  return useContext(RouterContext)
}

/** The path of the page, as the address bar shows it, without search parameters. */
export function usePathname(): string {
  const path = useRoute().href.split('?')[0] as string
  if (!import.meta.env.VOLLEY_BASE_PATH) return path
  return path.slice(import.meta.env.VOLLEY_BASE_PATH.length) || '/'
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

/**
 * The segment of the route just below the layout that this is called in, or `null` at its page. With
 * the name of a slot, that of what is shown there.
 */
export function useSelectedLayoutSegment(slot?: string): string | null {
  return useSelectedLayoutSegments(slot)[0] ?? null
}

/** All segments of the route below the layout that this is called in, or below a slot of it. */
export function useSelectedLayoutSegments(slot = 'children'): string[] {
  const { chain, segments } = useRoute()
  const region = useContext(RegionContext)
  if (slot !== 'children') {
    return chain.find(({ of }) => of === slotOf(region, slot))?.segments ?? []
  }
  const link = chain.find(({ id }) => id === region)
  return (link?.segments ?? segments).slice(link?.depth)
}

function useRoute(): Route {
  return useContext(PageContext).route
}

import { alsoAtOnce } from '../context/at-once.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import { searchParameters } from './target.ts'

/** What a page and its `generateMetadata` get: promises, so that a render can go on without them. */
export type PageProps = {
  params: Promise<RouteMatch['params']>
  searchParams: Promise<Record<string, string | string[]>>
}

export function pageProps(params: RouteMatch['params'], search: string): PageProps {
  return {
    params: alsoAtOnce(() => params),
    searchParams: alsoAtOnce(() => searchParameters(search)),
  }
}

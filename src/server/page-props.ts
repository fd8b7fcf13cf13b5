import { alsoAtOnce } from '../context/at-once.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import { searchParameters } from './target.ts'

/** What a page and its `generateMetadata` get: promises, so that a render can go on without them. */
export type PageProps = {
  readonly params: Promise<RouteMatch['params']>
  readonly searchParams: Promise<Record<string, string | string[]>>
}

/** They are made when somebody asks for them: not every region of a plan is rendered. */
export function pageProps(read: () => RouteMatch['params'], search: string): PageProps {
  let searched: PageProps['searchParams'] | undefined
  return Object.defineProperty(layoutProps(read), 'searchParams', {
    enumerable: true,
    get: () => (searched ??= alsoAtOnce(() => searchParameters(search))),
  }) as PageProps
}

/** What a layout gets of its path. */
export function layoutProps(read: () => RouteMatch['params']): Pick<PageProps, 'params'> {
  let params: PageProps['params'] | undefined
  return {
    get params() {
      return (params ??= alsoAtOnce(read))
    },
  }
}

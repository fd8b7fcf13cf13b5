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
  const members = { [from]: { value: { read, search } }, params, searchParams }
  return Object.defineProperties({}, members) as PageProps
}

/** What a layout gets of its path. */
export function layoutProps(read: () => RouteMatch['params']): Pick<PageProps, 'params'> {
  const members = { [from]: { value: { read } }, params }
  return Object.defineProperties({}, members) as Pick<PageProps, 'params'>
}

/** What the props of one request are made of, and what was made of it. */
type Source = {
  read: () => RouteMatch['params']
  search?: string
  params?: PageProps['params']
  searchParams?: PageProps['searchParams']
}

/** Not enumerable: who copies the props has the plain object that a component gets. */
const from = Symbol('from')

type Lazy = PropertyDescriptor & ThisType<{ [from]: Source }>

/** One getter for all requests: decisions/029-hidden-classes.md. */
const params: Lazy = {
  enumerable: true,
  get() {
    const source = this[from]
    return (source.params ??= alsoAtOnce(source.read))
  },
}

const searchParams: Lazy = {
  enumerable: true,
  get() {
    const source = this[from]
    return (source.searchParams ??= alsoAtOnce(() => searchParameters(source.search ?? '')))
  },
}

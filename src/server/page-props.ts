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
  const source = { value: { read, search } }
  return Object.defineProperties({}, { [from]: source, params, searchParams }) as PageProps
}

/** What a layout gets of its path. */
export function layoutProps(read: () => RouteMatch['params']): Pick<PageProps, 'params'> {
  const source = { value: { read, search: '' } }
  return Object.defineProperties({}, { [from]: source, params }) as PageProps
}

/** What the props of one request are made of, and those that were made. */
type Source = { read: () => RouteMatch['params']; search: string } & Partial<PageProps>
type Made = { -readonly [name in keyof Source]: Source[name] }

/** Not enumerable: components give their props to others by spreading them. */
const from = Symbol('from')

type Lazy = PropertyDescriptor & ThisType<{ [from]: Made }>

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
    return (source.searchParams ??= alsoAtOnce(() => searchParameters(source.search)))
  },
}

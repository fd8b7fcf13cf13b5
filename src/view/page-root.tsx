import { type ReactNode, useMemo } from 'react'
import { Outlet } from './outlet.tsx'
import {
  type ErrorView,
  PageContext,
  type Router,
  RouterContext,
  type RouterState,
} from './router-context.ts'

export type PageRootProps = RouterState & {
  router: Router
  /** The component of a `global-error` file, which brings its own document. */
  globalError?: ErrorView | undefined
}

/** The whole document. */
export function PageRoot({ route, regions, router, globalError }: PageRootProps): ReactNode {
  const page = useMemo(() => ({ route, regions }), [route, regions])
  return (
    <RouterContext value={router}>
      <PageContext value={page}>
        <Outlet error={globalError} />
      </PageContext>
    </RouterContext>
  )
}

import { type ReactNode, useMemo } from 'react'
import { Outlet } from './outlet.tsx'
import { PageContext, type Router, RouterContext, type RouterState } from './router-context.ts'

/** The whole document. */
export function PageRoot(props: RouterState & { router: Router }): ReactNode {
  const { route, regions, globalError, router } = props
  const page = useMemo(() => ({ route, regions, globalError }), [route, regions, globalError])
  return (
    <RouterContext value={router}>
      <PageContext value={page}>
        <Outlet of="" error={globalError} />
      </PageContext>
    </RouterContext>
  )
}

import { type ReactNode, useMemo } from 'react'
import { controlFlowOf } from '../wire/control-flow.ts'
import { Boundary } from './boundary.tsx'
import { DefaultError } from './default-error.tsx'
import { Interrupted } from './interrupted.tsx'
import { Outlet } from './outlet.tsx'
import {
  PageContext,
  type Router,
  RouterContext,
  type RouterState,
  type ShownError,
  stillRouter,
} from './router-context.ts'

/** The whole document. Without `router` nothing navigates, as on the server. */
export function PageRoot(props: RouterState & { router?: Router }): ReactNode {
  const { route, regions, globalError, router = stillRouter } = props
  const page = useMemo(() => ({ route, regions, globalError }), [route, regions, globalError])
  return (
    <RouterContext value={router}>
      <PageContext value={page}>
        <Boundary
          page={page}
          keepsDrafts
          fallback={(error, reset) => documentOf(error, reset, globalError)}
        >
          <Outlet of="" />
        </Boundary>
      </PageContext>
    </RouterContext>
  )
}

/** Nothing is left of the page when its root layout failed, so this is a document of its own. */
function documentOf(
  error: unknown,
  reset: () => void,
  GlobalError: RouterState['globalError'],
): ReactNode {
  const kind = controlFlowOf(error)?.kind
  const isInterruption = kind && kind !== 'redirect'
  if (GlobalError && !isInterruption)
    return <GlobalError error={error as ShownError} reset={reset} />
  return (
    <html lang="en">
      <body>
        {isInterruption ? (
          <Interrupted by={kind} />
        ) : (
          <DefaultError error={error as ShownError} reset={reset} />
        )}
      </body>
    </html>
  )
}

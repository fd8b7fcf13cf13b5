import {
  type ReactNode,
  use,
  useInsertionEffect,
  useLayoutEffect,
  useMemo,
  useReducer,
  useState,
} from 'react'
import { PageRoot } from '../view/page-root.tsx'
import type { Router, RouterState } from '../view/router-context.ts'
import type { Page } from './page.ts'
import { updatePage } from './page-state.ts'

type RootProps = { page: Page; router: Router; globalError: RouterState['globalError'] }

/** Shows the page of this tab, and tells it what is on the screen. */
export function Root({ page, router, globalError }: RootProps): ReactNode {
  const [state, update] = useReducer(updatePage, undefined, page.latest)
  const [navigation, wait] = useState<Promise<unknown>>()
  // Suspends only the transition that set it: the others go on without it.
  if (navigation) use(navigation)

  useInsertionEffect(() => page.connect({ update, wait }), [page])
  useLayoutEffect(() => page.committed(state), [page, state])

  const regions = useMemo(
    () =>
      Object.fromEntries(Object.entries(state.regions).map(([id, { element }]) => [id, element])),
    [state.regions],
  )
  return (
    <PageRoot route={state.route} regions={regions} router={router} globalError={globalError} />
  )
}

import {
  type ReactNode,
  use,
  useInsertionEffect,
  useLayoutEffect,
  useReducer,
  useState,
} from 'react'
import { PageRoot, type PageRootProps } from '../view/page-root.tsx'
import { router } from './navigate.ts'
import { committed, connectRoot, type Hold, latest } from './page.ts'
import { updatePage } from './page-state.ts'

/** Shows the page of this tab, and tells it what is on the screen. */
export function Root({ globalError }: Pick<PageRootProps, 'globalError'>): ReactNode {
  const [state, update] = useReducer(updatePage, latest)
  const [held, wait] = useState<Hold>()
  // Suspends only the transition that set it: the others, with the new page too, go on without it.
  if (held && held.version >= state.version) use(held.ended)

  useInsertionEffect(() => connectRoot({ update, wait }), [])
  useLayoutEffect(() => committed(state), [state])

  const { route, regions } = state
  return <PageRoot route={route} regions={regions} router={router} globalError={globalError} />
}

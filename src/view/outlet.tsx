'use client'
import { type Context, createContext, Fragment, type ReactNode, Suspense, useContext } from 'react'
import type { Interruption } from '../wire/control-flow.ts'
import type { ChainLink, Route } from '../wire/payload.ts'
import { Boundary, type Failure } from './boundary.tsx'
import { DefaultError } from './default-error.tsx'
import { Interrupted } from './interrupted.tsx'
import {
  DepthContext,
  type ErrorView,
  PageContext,
  type RouterState,
  type ShownError,
} from './router-context.ts'

export type OutletProps = {
  /** The region that the outlet is part of; `''` for the root of the page. */
  of: string
  /** Elements and components of the files beside the layout. */
  loading?: ReactNode
  error?: ErrorView | undefined
  notFound?: ReactNode
  forbidden?: ReactNode
  unauthorized?: ReactNode
  /** The element of a `template` file, with `<TemplateSlot/>` for its children. */
  template?: ReactNode
}

/**
 * The place of the region below another one. It is addressed by the region above, and takes its
 * child from the current route, because a layout that stays was rendered for another page.
 */
export function Outlet(props: OutletProps): ReactNode {
  const { of, loading, template } = props
  const page = useContext(PageContext)
  const { route, regions } = page
  const link = linkBelow(route, of)
  if (!link) return null

  const isRoot = of === route.chain[0]?.id
  const region = <DepthContext value={link.depth}>{regions[link.id]}</DepthContext>
  const content = (
    <Boundary page={page} fallback={(failure) => fallbackOf(props, page, failure)}>
      {template ? <SlotContext value={region}>{template}</SlotContext> : region}
    </Boundary>
  )
  return (
    <>
      {isRoot && regions[route.head]}
      <Fragment key={keyOf(link, route)}>
        {loading ? <Suspense fallback={loading}>{content}</Suspense> : content}
      </Fragment>
    </>
  )
}

const SlotContext: Context<ReactNode> = createContext<ReactNode>(null)

/** The place inside a `template` file where the region goes. */
export function TemplateSlot(): ReactNode {
  return useContext(SlotContext)
}

function linkBelow({ chain }: Route, of: string): ChainLink | undefined {
  const index = chain.findIndex(({ id }) => id === of)
  return of === '' || index !== -1 ? chain[index + 1] : undefined
}

/** A page whose search parameters change is the same page, with its inputs and its state. */
function keyOf({ id }: ChainLink, { href }: Route): string {
  return id.startsWith('page:') ? href.replace(/\?.*/s, '') : id
}

/** What no file of the app answers for ends in the root layout, or in a document in its place. */
function fallbackOf(
  { of, error: own, ...props }: OutletProps,
  { route, globalError }: RouterState,
  { error, interruption, reset }: Failure,
): ReactNode | undefined {
  const isRoot = of === route.chain[0]?.id
  let view: ReactNode
  if (interruption) {
    const file = props[propOf[interruption]]
    if (!file && of !== '' && !isRoot) return undefined
    view = <Interrupted by={interruption}>{file}</Interrupted>
  } else {
    const ErrorView = own ?? (of === '' || (isRoot && !globalError) ? DefaultError : undefined)
    if (!ErrorView) return undefined
    view = <ErrorView error={error as ShownError} reset={reset} />
    // A `global-error` file brings its own document.
    if (own) return view
  }
  return of === '' ? (
    <html lang="en">
      <body>{view}</body>
    </html>
  ) : (
    view
  )
}

const propOf = {
  'not-found': 'notFound',
  forbidden: 'forbidden',
  unauthorized: 'unauthorized',
} as const satisfies Record<Interruption, keyof OutletProps>

'use client'
import { type Context, createContext, Fragment, type ReactNode, Suspense, useContext } from 'react'
import type { Interruption } from '../wire/control-flow.ts'
import type { ChainLink, Route } from '../wire/payload.ts'
import { Boundary, type Failure } from './boundary.tsx'
import { DefaultError } from './default-error.tsx'
import { Interrupted } from './interrupted.tsx'
import {
  type ErrorView,
  PageContext,
  RegionContext,
  type RouterState,
  type ShownError,
} from './router-context.ts'

/** The elements and components of the files beside a layout. */
export type OutletProps = Partial<Record<Interruption, ReactNode>> & {
  /** The region that the outlet is part of, or a slot of it; absent for the root of the page. */
  of?: string
  loading?: ReactNode
  error?: ErrorView | undefined
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
  const region = <RegionContext value={link.id}>{regions[link.id]?.element}</RegionContext>
  const content = (
    <Boundary page={page} fallback={(failure) => fallbackOf(props, page, failure)}>
      {template ? <SlotContext value={region}>{template}</SlotContext> : region}
    </Boundary>
  )
  return (
    <>
      {isRoot && regions[route.head]?.element}
      <Fragment key={link.key ?? link.id}>
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

function linkBelow({ chain }: Route, of: string | undefined): ChainLink | undefined {
  return chain.find((link, i) => (link.of ?? chain[i - 1]?.id) === of)
}

/** What no file answers for ends in place of the document; an interruption, in the root layout. */
function fallbackOf(
  props: OutletProps,
  page: RouterState,
  failure: Failure,
): ReactNode | undefined {
  const { error, interruption, reset } = failure
  const isDocument = !props.of
  // Also where a slot of it fails.
  const isRoot = props.of?.endsWith(page.route.chain[0]?.id as string)
  const own = props[interruption ?? 'error']
  if (!own && !isDocument && !(interruption && isRoot)) return undefined
  const ErrorView = props.error ?? DefaultError
  const view = interruption ? (
    <Interrupted by={interruption}>{own as ReactNode}</Interrupted>
  ) : (
    <ErrorView error={error as ShownError} reset={reset} />
  )
  return isDocument && !own ? <InDocument>{view}</InDocument> : view
}

function InDocument(props: { children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{props.children}</body>
    </html>
  )
}

'use client'
import {
  type Context,
  createContext,
  Fragment,
  type ReactNode,
  Suspense,
  use,
  useContext,
} from 'react'
import { controlFlowOf, type Interruption } from '../wire/control-flow.ts'
import type { ChainLink, Route } from '../wire/payload.ts'
import { Boundary } from './boundary.tsx'
import { DefaultError } from './default-error.tsx'
import { Interrupted } from './interrupted.tsx'
import { DepthContext, type ErrorView, PageContext, type ShownError } from './router-context.ts'

export type OutletProps = {
  /** The region that the outlet is part of; `''` for the root of the page. */
  of: string
  /** Elements and components of the files beside the layout. */
  loading?: ReactNode
  error?: ErrorView
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
  const page = useContext(PageContext)
  const { route, regions, globalError } = page
  const link = linkBelow(route, props.of)
  if (!link) return null

  const isRoot = props.of === route.chain[0]?.id
  const ErrorView = props.error ?? (isRoot && !globalError ? DefaultError : undefined)
  let content = <DepthContext value={link.depth}>{regions[link.id]}</DepthContext>
  if (props.template) content = <SlotContext value={content}>{props.template}</SlotContext>
  content = (
    <Boundary page={page} fallback={(error) => interruption(error, props, isRoot)}>
      {content}
    </Boundary>
  )
  if (props.loading) content = <Suspense fallback={props.loading}>{content}</Suspense>
  if (ErrorView) {
    content = (
      <Boundary
        page={page}
        keepsDrafts
        fallback={(error, reset) =>
          controlFlowOf(error) ? undefined : <ErrorView error={error as ShownError} reset={reset} />
        }
      >
        {content}
      </Boundary>
    )
  }
  return (
    <>
      {isRoot && regions[route.head]}
      <Fragment key={keyOf(link, route)}>{content}</Fragment>
    </>
  )
}

const SlotContext: Context<ReactNode> = createContext<ReactNode>(null)

/** The place inside a `template` file where the region goes. */
export function TemplateSlot(): ReactNode {
  return use(SlotContext)
}

function linkBelow({ chain }: Route, of: string): ChainLink | undefined {
  if (of === '') return chain[0]
  const index = chain.findIndex(({ id }) => id === of)
  return index === -1 ? undefined : chain[index + 1]
}

/** A page whose search parameters change is the same page, with its inputs and its state. */
function keyOf({ id }: ChainLink, { href }: Route): string {
  return id.startsWith('page:') ? href.replace(/\?.*/s, '') : id
}

/** The boundaries of the root layout answer for every interruption that nobody else does. */
function interruption(error: unknown, props: OutletProps, isRoot: boolean): ReactNode | undefined {
  const kind = controlFlowOf(error)?.kind
  if (!kind || kind === 'redirect') return undefined
  const own = props[propOf[kind]]
  return own || isRoot ? <Interrupted by={kind}>{own}</Interrupted> : undefined
}

const propOf = {
  'not-found': 'notFound',
  forbidden: 'forbidden',
  unauthorized: 'unauthorized',
} as const satisfies Record<Interruption, keyof OutletProps>

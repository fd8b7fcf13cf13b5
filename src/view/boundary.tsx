import { Component, type Context, type ReactNode, startTransition } from 'react'
import { controlFlowOf, type Interruption } from '../wire/control-flow.ts'
import { keepDrafts } from './drafts.ts'
import { type Router, RouterContext, type RouterState } from './router-context.ts'

type BoundaryProps = {
  /** What is shown: a failed boundary tries again as soon as anything of it is new. */
  page: RouterState
  /** `undefined` leaves the error to the next boundary above. */
  fallback: (failure: Failure) => ReactNode | undefined
  children: ReactNode
}
type BoundaryState = { page: RouterState; failure: { error: unknown } | null }

export type Failure = {
  error: unknown
  /** Set where the error stands for `notFound()` and the like. */
  interruption: Interruption | undefined
  reset: () => void
}

/** Renders a fallback in place of content that failed, and follows redirects thrown there. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static override contextType: Context<Router> = RouterContext
  declare context: Router
  override state: BoundaryState = { page: this.props.page, failure: null }

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { failure: { error } }
  }

  /** Runs before the content is rendered: an error that comes with the new page is still shown. */
  static getDerivedStateFromProps(
    { page }: BoundaryProps,
    state: BoundaryState,
  ): BoundaryState | null {
    return page === state.page ? null : { page, failure: null }
  }

  override componentDidCatch(error: unknown): void {
    keepDrafts()
    const flow = controlFlowOf(error)
    if (flow?.kind !== 'redirect') return
    const redirect = error as Partial<FollowedRedirect>
    if (redirect.followed === undefined) this.context[flow.history ?? 'replace'](flow.to)
    // The form that made the call may be part of what stays, so it is shown again: once, because
    // what threw while rendering throws again.
    if (redirect.followed) this.retry()
    redirect.followed = false
  }

  override render(): ReactNode {
    const { failure } = this.state
    if (!failure) return this.props.children
    const kind = controlFlowOf(failure.error)?.kind
    if (kind === 'redirect') return null
    const reset = (): void => {
      startTransition(() => {
        this.context.refresh()
        this.retry()
      })
    }
    const fallback = this.props.fallback({ ...failure, interruption: kind, reset })
    if (fallback === undefined) throw failure.error
    return fallback
  }

  private retry(): void {
    this.setState({ failure: null })
  }
}

/** A redirect that was followed when the call's answer came, before its promise was rejected. */
export type FollowedRedirect = { followed: boolean }

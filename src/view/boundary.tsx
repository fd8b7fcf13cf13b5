import { Component, type Context, type ReactNode, startTransition } from 'react'
import { controlFlowOf } from '../wire/control-flow.ts'
import { type Drafts, DraftsContext } from './drafts.ts'
import { type Router, RouterContext, type RouterState } from './router-context.ts'

type BoundaryProps = {
  /** What is shown: a failed boundary tries again as soon as anything of it is new. */
  page: RouterState
  /** `undefined` leaves the error to the next boundary above. */
  fallback: (error: unknown, reset: () => void) => ReactNode | undefined
  /** Whether forms below keep what was typed in them over an error. */
  keepsDrafts?: boolean
  children: ReactNode
}
type BoundaryState = { page: RouterState; failure: { error: unknown } | null }

/** Renders a fallback in place of content that failed, and follows redirects thrown there. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static override contextType: Context<Router> = RouterContext
  declare context: Router
  override state: BoundaryState = { page: this.props.page, failure: null }

  private readonly drafts: Drafts = {
    failed: () => this.state.failure !== null,
    kept: new Map(),
  }

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
    const flow = controlFlowOf(error)
    if (flow?.kind !== 'redirect') return
    if (!isFollowed(error)) return this.context[flow.history ?? 'replace'](flow.to)
    // The form that made the call may be part of what stays, so it is shown again: once, because
    // what threw while rendering throws again.
    if (error.followed) this.setState({ failure: null })
    error.followed = false
  }

  override render(): ReactNode {
    const { children, keepsDrafts } = this.props
    const { failure } = this.state
    if (failure) return this.renderFailure(failure.error)
    if (!keepsDrafts) return children
    return <DraftsContext value={this.drafts}>{children}</DraftsContext>
  }

  private renderFailure(error: unknown): ReactNode {
    if (controlFlowOf(error)?.kind === 'redirect') return null
    const fallback = this.props.fallback(error, this.reset)
    if (fallback === undefined) throw error
    return fallback
  }

  private readonly reset = (): void => {
    startTransition(() => {
      this.context.refresh()
      this.setState({ failure: null })
    })
  }
}

/** A redirect that was followed when the call's answer came, before its promise was rejected. */
export type FollowedRedirect = { followed: boolean }

function isFollowed(error: unknown): error is FollowedRedirect {
  return typeof error === 'object' && error !== null && 'followed' in error
}

'use client'
import { startTransition, type ReactNode, useOptimistic } from 'react'
import { Link as OwnLink, type LinkProps } from '../link.ts'
import { LinkStatusContext } from './link/link-status.ts'

export type { LinkProps } from '../link.ts'
export { useLinkStatus } from './link/link-status.ts'

/** Volley's link, whose children can ask for its status. */
export default function Link<href extends string = string>(props: LinkProps<href>): ReactNode {
  const { children, onNavigate, ...rest } = props
  const [isPending, setPending] = useOptimistic(false)

  const begin: typeof onNavigate = (event) => {
    let isStopped = false
    const preventDefault = (): void => {
      isStopped = true
      event.preventDefault()
    }
    onNavigate?.({ preventDefault })
    // What the router starts in the same event is the same transition to React: it ends with that.
    if (!isStopped) startTransition(() => setPending(true))
  }
  return (
    <OwnLink {...rest} onNavigate={begin}>
      <LinkStatusContext value={isPending}>{children}</LinkStatusContext>
    </OwnLink>
  )
}

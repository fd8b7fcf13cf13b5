'use client'
import {
  type ComponentProps,
  isValidElement,
  startTransition,
  type ReactNode,
  useOptimistic,
} from 'react'
import { Link as OwnLink, type LinkProps as OwnLinkProps } from '../link.ts'
import { LinkStatusContext } from './link/link-status.ts'

export type LinkProps<href extends string = string> = OwnLinkProps<href> & {
  /** The child is the `a` of the link. */
  legacyBehavior?: boolean | undefined
  /** Says what is so anyway. */
  passHref?: boolean | undefined
}
export { useLinkStatus } from './link/link-status.ts'

/** Volley's link, whose children can ask for its status. */
export default function Link<href extends string = string>(props: LinkProps<href>): ReactNode {
  const { children: given, onNavigate, legacyBehavior, passHref: _, ...rest } = props
  const { children, ...anchor } = legacyBehavior ? anchorOf(given) : { children: given }
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
    <OwnLink {...rest} {...anchor} onNavigate={begin}>
      <LinkStatusContext value={isPending}>{children}</LinkStatusContext>
    </OwnLink>
  )
}

function anchorOf(child: ReactNode): Omit<ComponentProps<'a'>, 'href'> {
  if (!isValidElement<ComponentProps<'a'>>(child) || child.type !== 'a') return { children: child }
  const { href: _, ...anchor } = child.props
  return anchor
}

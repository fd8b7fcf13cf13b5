'use client'
import {
  type ComponentProps,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
  useContext,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react'
import type { RouteHref } from '../routes/route-href.ts'
import { addressOf } from './base-path.ts'
import { formatHref, type HrefParts } from './href.ts'
import { RouterContext } from './router-context.ts'
import { prefetchWhenVisible } from './when-visible.ts'

export type LinkProps<href extends string = string> = Omit<ComponentProps<'a'>, 'href'> & {
  href: RouteHref<href> | HrefParts
  /** Replace the current entry of the history instead of adding one. */
  replace?: boolean | undefined
  /** `false` keeps the scroll position. */
  scroll?: boolean | undefined
  /**
   * When to fetch the page ahead: when the link is hovered, focused or touched (default), already
   * when it can be seen (`true`), or never (`false`).
   */
  prefetch?: boolean | 'auto' | null | undefined
  /** Called before a navigation within the app; `preventDefault()` stops it. */
  onNavigate?: ((event: { preventDefault: () => void }) => void) | undefined
}

/** A link to another page of the app, which is shown without loading a document. */
export function Link<href extends string = string>(props: LinkProps<href>): ReactNode {
  const { href, replace, scroll, prefetch, onNavigate, ref, ...anchor } = props
  const router = useContext(RouterContext)
  const target = formatHref(href)
  const element = useRef<HTMLAnchorElement>(null)
  useImperativeHandle(ref, () => element.current as HTMLAnchorElement)

  useEffect(
    () =>
      prefetch === true
        ? prefetchWhenVisible(element.current as HTMLAnchorElement, router)
        : undefined,
    [prefetch, router, target],
  )

  const warm = () => prefetch !== false && router.prefetch(target)
  const navigate = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isNavigation(event)) return
    event.preventDefault()
    let isStopped = false
    onNavigate?.({ preventDefault: () => (isStopped = true) })
    if (!isStopped) router[replace ? 'replace' : 'push'](target, { scroll })
  }
  return (
    <a
      {...anchor}
      ref={element}
      href={addressOf(target)}
      onClick={both(anchor.onClick, navigate)}
      onPointerEnter={both(anchor.onPointerEnter, warm)}
      onFocus={both(anchor.onFocus, warm)}
    />
  )
}

/** Clicks that open another tab or window, download, or leave the app are the browser's. */
function isNavigation(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { target, origin, download } = event.currentTarget
  const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  const isOwn = (!target || target === '_self') && !download && origin === location.origin
  return isOwn && !isModified && !event.button && !event.defaultPrevented
}

function both<event extends SyntheticEvent>(
  first: ((event: event) => void) | undefined,
  second: (event: event) => void,
): (event: event) => void {
  return (event) => {
    first?.(event)
    second(event)
  }
}

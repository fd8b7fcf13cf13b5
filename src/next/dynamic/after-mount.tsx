'use client'
import { type ReactNode, useSyncExternalStore } from 'react'

/** Renders `fallback` on the server and while the page hydrates, and its children from then on. */
export function AfterMount(props: { fallback: ReactNode; children: ReactNode }): ReactNode {
  const isMounted = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
  return isMounted ? props.children : props.fallback
}

function neverChanges(): () => void {
  return () => {}
}

'use client'
import { type ReactNode, useContext, useEffect, useMemo } from 'react'
import { DefaultError } from './default-error.tsx'
import { type ErrorView, RouterContext, type ShownError } from './router-context.ts'

/** In place of a region whose rendering failed on the server: `fallback` is its `error` file. */
export function RegionError(props: {
  fallback?: ErrorView
  digest: string
  /** In development. */
  message?: string
  stack?: string
}): ReactNode {
  const { fallback: Fallback = DefaultError, digest, message, stack } = props
  const router = useContext(RouterContext)
  const error = useMemo((): ShownError => {
    const text = message ?? `Failed; the server's log has ${digest}.`
    const made = Object.assign(new Error(text), { digest })
    if (process.env.NODE_ENV !== 'production' && stack) made.stack = stack
    return made
  }, [digest, message, stack])

  if (process.env.NODE_ENV !== 'production') {
    // Nothing is thrown in the browser, whose tools would not tell of the error.
    useEffect(() => reportError(error), [error])
  }
  return <Fallback error={error} reset={() => router.refresh()} />
}

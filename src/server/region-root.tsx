import type { ReactNode } from 'react'
import type { RootWatch } from './root-watch.ts'

/** A component of the app: a Server Component, or the reference that stands for a client one. */
export type AppComponent = (props: Record<string, unknown>) => ReactNode | Promise<ReactNode>

export type RegionRootProps = {
  region: string
  component: AppComponent
  props: Record<string, unknown>
  watch: RootWatch
}

/**
 * Runs the root component of a region and tells the watch how it ended. The component runs as a
 * part of this one, which React's renderer cannot tell from a component that calls a function.
 */
export function RegionRoot({ region, component, props, watch }: RegionRootProps): ReactNode {
  try {
    const result = component(props)
    if (!isPromise(result)) {
      watch.done(region)
      return result
    }
    result.then(
      () => watch.done(region),
      (error: unknown) => watch.fail(region, error),
    )
    // React's types know a component that returns a promise, but not one that may.
    return result as unknown as ReactNode
  } catch (error) {
    if (!isSuspension(error)) watch.fail(region, error)
    throw error
  }
}

/** The component waits for a promise by `use()`: React calls it again. */
function isSuspension(thrown: unknown): boolean {
  if (thrown instanceof Error) return thrown.message.startsWith('Suspense Exception:')
  return isPromise(thrown)
}

function isPromise(value: unknown): value is Promise<ReactNode> {
  return typeof value === 'object' && value !== null && 'then' in value
}

import type { ReactNode } from 'react'
import { findContext } from '../context/request-context.ts'
import { abandoned } from './exchange.ts'
import type { PlannedRegion } from './plan-part.ts'
import type { RegionTags } from './region-tags.ts'
import type { RootWatch } from './root-watch.ts'

/** A component of the app: a Server Component, or the reference that stands for a client one. */
export type AppComponent = (props: Record<string, unknown>) => ReactNode | Promise<ReactNode>

export type RegionRootProps = {
  region: string
  /** The layouts around it: what one of them refuses is not sent. */
  above: readonly string[]
  component: AppComponent
  props: Record<string, unknown>
  watch: RootWatch
  /** What it depends on, as its author says. */
  tags?: PlannedRegion['tags']
  /** The browser has the region: it runs for what it refuses, and its content is not sent. */
  isGuard?: boolean
}

/**
 * Runs the root component of a region and tells the watch how it ended. The component runs as a
 * part of this one, which React's renderer cannot tell from a component that calls a function. It
 * starts at once, and what it makes waits until the layouts above have let it through.
 */
export function RegionRoot(root: RegionRootProps): ReactNode {
  const { region, above, component, props, watch, isGuard = false } = root
  const clearance = watch.after(above)
  try {
    const noting = noteTags(root)
    const result = component(props)
    if (noting || clearance || isPromise(result)) {
      const content = Promise.resolve(result)
      // It may fail while nobody waits for it yet.
      content.catch(() => undefined)
      const made = noting ? noting.then(() => content) : content
      // React's types know a component that returns a promise, but not one that may.
      return held(root, made, clearance) as unknown as ReactNode
    }
    watch.done(region)
    return isGuard ? null : result
  } catch (error) {
    if (isSuspension(error)) throw error
    if (clearance) return held(root, Promise.reject(error), clearance) as unknown as ReactNode
    throw failed(root, error)
  }
}

/** What is kept of the page, here and in the browser, is as old as these. */
function noteTags({ tags }: RegionRootProps): Promise<void> | null {
  const made = tags?.()
  if (made instanceof Promise) return made.then(note)
  note(made ?? null)
  return null
}

function note(tags: RegionTags): void {
  for (const tag of tags ?? []) findContext()?.dependencies.tags.add(tag)
}

async function held(
  root: RegionRootProps,
  result: Promise<ReactNode>,
  clearance: Promise<void> | null,
): Promise<ReactNode> {
  // Whoever waits for the clearance first does not see it fail in the meantime.
  result.catch(() => undefined)
  try {
    await clearance
  } catch {
    // The layout above is replaced, and this region with it.
    throw abandoned
  }
  try {
    const content = await result
    root.watch.done(root.region)
    return root.isGuard ? null : content
  } catch (error) {
    throw failed(root, error)
  }
}

/** Tells the watch. A text or `null` becomes an error, because only an object is known again. */
function failed({ region, watch }: RegionRootProps, thrown: unknown): unknown {
  const isObject = typeof thrown === 'object' && thrown !== null
  const error = isObject ? thrown : new Error(`${thrown as string | null}`, { cause: thrown })
  watch.fail(region, error)
  return error
}

/** The component waits for a promise by `use()`: React calls it again. */
function isSuspension(thrown: unknown): boolean {
  if (thrown instanceof Error) return thrown.message.startsWith('Suspense Exception:')
  return isPromise(thrown)
}

function isPromise(value: unknown): value is Promise<ReactNode> {
  return typeof value === 'object' && value !== null && 'then' in value
}

'use client'
import {
  type Context,
  createContext,
  Fragment,
  type FragmentInstance,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
} from 'react'
import { regionIdOf } from '../wire/region-handle.ts'
import { PageContext, RegionContext } from './router-context.ts'
import { tracker } from './tracker.ts'

export type TrackedRegionProps = {
  /** What the server renders it again by. */
  handle: string
  /** Hashes of its tags, with commas between them. */
  tags: string
  children: ReactNode
}

/**
 * The place of a tracked region: what it holds came with the content around it, until it comes alone.
 * The browser's runtime is told that it is there, and finds it by the elements that it consists of.
 */
export function TrackedRegion({ handle, tags, children }: TrackedRegionProps): ReactNode {
  const { regions } = useContext(PageContext)
  const file = useContext(RegionContext)
  const around = useContext(AroundContext)
  const id = regionIdOf(handle)
  const inside = useMemo(() => [...around, id], [around, id])
  const track = useCallback(
    (instance: FragmentInstance | null) =>
      instance
        ? tracker.track?.(instance, { id, handle, tags: tags.split(','), file, around })
        : undefined,
    [id, handle, tags, file, around],
  )
  const alone = tracker.isNewest?.(regions, [id, file, ...around]) && regions[id]
  return (
    <AroundContext value={inside}>
      <Fragment ref={track}>{alone ? alone.element : children}</Fragment>
    </AroundContext>
  )
}

/** The ids of the tracked regions around what is rendered, the outermost first. */
const AroundContext: Context<readonly string[]> = createContext<readonly string[]>([])

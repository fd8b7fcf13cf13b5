import type { FragmentInstance } from 'react'
import type { RouterState } from './router-context.ts'

/** A tracked region that is on the screen. */
export type MountedRegion = {
  id: string
  /** What the server renders it again by. */
  handle: string
  /** Hashes. */
  tags: readonly string[]
  /** The region of a file that it is part of, and the tracked ones around it. */
  file: string
  around: readonly string[]
}

/** Notes a tracked region while it is mounted. */
export type Track = (instance: FragmentInstance, region: MountedRegion) => () => void

/** Whether what came alone for the first of these regions is newer than the others, which are around it. */
export type IsNewest = (regions: RouterState['regions'], ids: readonly string[]) => boolean

/**
 * The browser's runtime is told of the regions that are mounted, and knows what is newer; while HTML is
 * rendered nobody is told, and nothing has come alone.
 */
export const tracker: { track?: Track; isNewest?: IsNewest } = {}

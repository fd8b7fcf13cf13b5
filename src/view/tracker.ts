import type { FragmentInstance } from 'react'

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

/** The browser's runtime is told of the regions that are mounted; while HTML is rendered nobody is. */
export const tracker: { track?: Track } = {}

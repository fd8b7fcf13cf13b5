import { isOfBuild } from '../flight/kept-text.ts'
import { cacheSetup } from './installed.ts'

/**
 * Elements name the client components of the build that has rendered them, and server functions
 * have the ids that its key gives them, so a kept text of such says which one: `@build` on a line
 * before it. All other values outlive a build.
 */
export function bindToBuild(text: string): string {
  return isOfBuild(text) ? mark() + text : text
}

/** Whether a kept text is one that this build can read. */
export function isReadable(kept: string): boolean {
  return !kept.startsWith('@') || kept.startsWith(mark())
}

/** The counterpart of `bindToBuild`. */
export function unbound(kept: string): string {
  return kept.startsWith('@') ? kept.slice(kept.indexOf('\n') + 1) : kept
}

function mark(): string {
  return `@${cacheSetup().build}\n`
}

import type { Segment } from './segment.ts'

/**
 * Of the directories that lead to a file, those that make up the path it is shown for: an intercepting one
 * takes away some of those above it.
 */
export function shownPath<directory extends { segment: Segment }>(
  directories: readonly directory[],
): directory[] {
  let path: directory[] = []
  for (const directory of directories) {
    const { kind, intercepts = 0 } = directory.segment
    if (kind === 'root' || kind === 'group' || kind === 'slot') continue
    path = intercepts === 'root' ? [] : path.slice(0, path.length - intercepts)
    path.push(directory)
  }
  return path
}

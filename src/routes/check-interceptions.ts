import { RouteError } from './route-error.ts'
import type { RouteFile } from './route-file.ts'
import { shownPath } from './shown-path.ts'

/** Whether there is a path for each intercepting directory to intercept, and a page to show for it. */
export function checkInterceptions(files: readonly RouteFile[]): void {
  for (const file of files) {
    const at = file.segments.findIndex(({ intercepts }) => intercepts !== undefined)
    if (at !== -1) checkInterception(file, at)
  }
}

function checkInterception({ kind, dir, path, segments }: RouteFile, at: number): void {
  const refuse = (problem: string): never => {
    throw new RouteError('bad-interception', `app/${path} ${problem}`, path)
  }
  const [directory = '', ...below] = dir.split('/').slice(at)
  const nested = below.find((_, i) => segments[at + 1 + i]?.intercepts !== undefined)
  if (nested !== undefined) {
    refuse(`is in "${nested}" within "${directory}", which intercepts already: rename one of them.`)
  }
  const levels = segments[at]?.intercepts
  const above = shownPath(segments.slice(0, at).map((segment) => ({ segment }))).length
  if (typeof levels === 'number' && levels > above) {
    const advice = above === 0 ? '(.)' : '(..)'
    refuse(
      `intercepts what is not below app/: "${directory}" goes ${levels} up, and above it are ${above} segments of a path (groups and slots are none). Write ${advice} or (...).`,
    )
  }
  if (kind === 'route') {
    refuse(`is in "${directory}", which only shows pages: move it to an ordinary directory.`)
  }
}

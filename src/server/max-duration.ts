import type { MatchedNode, RouteMatch } from '../routes/match-route.ts'
import type { App } from './app.ts'
import { loadRoute, type LoadedNode } from './load-route.ts'

/**
 * How long a function may run that is called on a page, in milliseconds, where the page or a layout
 * exports `maxDuration`, in seconds; the one closest to the page counts. Known at once for a page
 * that was asked about before.
 */
export function maxDurationOf(app: App, match: RouteMatch): number | null | Promise<number | null> {
  const found = known.get(match.nodes)
  if (found !== undefined && !app.isDevelopment) return found
  const read = loadRoute(app, match.nodes).then(readDuration, notLoaded)
  return read.then((duration) => {
    known.set(match.nodes, duration)
    return duration
  })
}

const known = new WeakMap<readonly MatchedNode[], number | null>()

/** A page that cannot be loaded is an error of whoever renders it, not of a call. */
function notLoaded(): null {
  return null
}

function readDuration(loaded: readonly LoadedNode[]): number | null {
  const exported = loaded.flatMap(({ files }) =>
    [files['layout'], files['page']].map((file) => file?.module['maxDuration']),
  )
  // What a 'use client' file exports is a function here, whatever it is in the browser.
  const values = exported.filter((value) => value !== undefined && typeof value !== 'function')
  const seconds = values.at(-1)
  if (seconds === undefined) return null
  if (typeof seconds === 'number' && seconds > 0) return seconds * 1000
  throw new TypeError(
    `\`export const maxDuration\` is ${JSON.stringify(seconds)}, but must be a number of seconds.`,
  )
}

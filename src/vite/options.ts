import type { CacheConfig, ServerConfig } from '../server/config.ts'
import { resolveCacheOptions, type CacheOptions } from './cache-options.ts'
import { OptionError, refuseUnknown, requireFlag } from './option-values.ts'
import { type PathOptions, type ResolvedPaths, resolvePathOptions } from './path-options.ts'
import { resolveServerOptions, type ServerOptions } from './server-options.ts'

export type CallWay = 'parallel' | 'serial' | 'batched'

/** What an app may set: `volley({ … })` in its `vite.config.ts`. */
export type VolleyOptions = {
  /**
   * Whether calls from one tab run at the same time (at most five), or one after another in the
   * order they were made, or whether those of one tick travel as one request and all run at the same
   * time. Default: `'parallel'`.
   */
  calls?: CallWay
  /**
   * Whether a link that leads to no route of the app is an error when the app is type-checked.
   * Default: `false`.
   */
  typedRoutes?: boolean
  /** Whether `dev` prints a line for each call. Default: `true`. */
  logCalls?: boolean
  server?: ServerOptions
  cache?: CacheOptions
  paths?: PathOptions
}

/** `VolleyOptions` with every default filled in and every value checked. */
export type ResolvedOptions = {
  calls: CallWay
  typedRoutes: boolean
  logCalls: boolean
  server: ServerConfig
  cache: CacheConfig
  paths: ResolvedPaths
}

/** @throws OptionError naming the option and its value */
export function resolveOptions(options: VolleyOptions): ResolvedOptions {
  const { calls = 'parallel', logCalls = true, typedRoutes = false } = options
  const { server = {}, cache = {}, paths = {} } = options
  const names = ['calls', 'logCalls', 'typedRoutes', 'server', 'cache', 'paths']
  refuseUnknown(options, names, '')
  if (!['parallel', 'serial', 'batched'].includes(calls)) {
    throw new OptionError('calls', calls, "'parallel', 'serial' or 'batched'")
  }
  requireFlag('logCalls', logCalls)
  requireFlag('typedRoutes', typedRoutes)
  return {
    calls,
    logCalls,
    typedRoutes,
    server: resolveServerOptions(server),
    cache: resolveCacheOptions(cache),
    paths: resolvePathOptions(paths),
  }
}

/** Options with those of `next.config.*` where they say nothing themselves. */
export function mergeOptions(own: VolleyOptions, next: VolleyOptions): VolleyOptions {
  return {
    ...next,
    ...own,
    ...merged('server', own, next),
    ...merged('cache', own, next),
    ...merged('paths', own, next),
  }
}

function merged(
  name: 'server' | 'cache' | 'paths',
  own: VolleyOptions,
  next: VolleyOptions,
): VolleyOptions {
  const options = { ...next[name], ...own[name] }
  return Object.keys(options).length > 0 ? { [name]: options } : {}
}

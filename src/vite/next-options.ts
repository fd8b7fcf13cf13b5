import type { CacheOptions } from './cache-options.ts'
import type { VolleyOptions } from './options.ts'
import type { PathOptions, RewriteOption, RewriteStages } from './path-options.ts'
import type { ServerOptions } from './server-options.ts'

/** What `next.config.*` exports; of no particular type, because nobody has checked it. */
export type NextOptions = Readonly<Record<string, unknown>>

/** What an app says in `next.config.*`, as Volley has it. */
export type FromNext = {
  options: VolleyOptions
  basePath: string
  /** Variables that are written into the code. */
  env: Record<string, string>
  /** Modules and files that are imported under other names. */
  aliases: Record<string, string>
  /** What it says without effect, by name. */
  ignored: string[]
}

/** Options that say what is so anyway. */
const needless = new Set([
  'cacheComponents',
  'compress',
  'devIndicators',
  'eslint',
  'pageExtensions',
  'poweredByHeader',
  'serverExternalPackages',
  'transpilePackages',
  'typescript',
  'experimental.authInterrupts',
  'experimental.cacheComponents',
  'experimental.dynamicIO',
  'experimental.nodeMiddleware',
  'experimental.serverComponentsExternalPackages',
  'experimental.useCache',
  'experimental.viewTransition',
])

type Entry = [name: string, value: unknown]

export async function fromNextOptions(config: NextOptions): Promise<FromNext> {
  const given = new Map<string, unknown>(entriesOf(config))
  const take = (...names: string[]): unknown => {
    const found = names.find((name) => given.has(name))
    const value = found === undefined ? undefined : given.get(found)
    for (const name of names) given.delete(name)
    return typeof value === 'function' ? value() : value
  }
  const server = take('serverActions', 'experimental.serverActions') as ServerOptions | undefined
  const profiles = take('cacheLife', 'experimental.cacheLife') as CacheOptions['profiles']
  const basePath = (take('basePath') ?? '') as string
  const typedRoutes = take('typedRoutes', 'experimental.typedRoutes')
  const logging = take('logging') as false | { serverFunctions?: boolean } | undefined
  const isQuiet = logging === false || logging?.serverFunctions === false
  const env = (take('env') ?? {}) as Record<string, string>
  const { aliases, others } = aliasesOf(take('turbopack', 'experimental.turbo'))
  const rewrites = withoutSites(await take('rewrites'))
  const paths = present({
    trailingSlash: take('trailingSlash'),
    headers: await take('headers'),
    redirects: await take('redirects'),
    rewrites: rewrites.own,
  }) as PathOptions
  const options: VolleyOptions = {
    paths,
    ...(isQuiet ? { logCalls: false } : {}),
    ...(typedRoutes === undefined ? {} : { typedRoutes: typedRoutes === true }),
    ...(server ? { server } : {}),
    ...(profiles ? { cache: { profiles } } : {}),
  }
  const ignored = [...given.keys()].filter((name) => !needless.has(name))
  return { options, basePath, env, aliases, ignored: [...ignored, ...others, ...rewrites.sites] }
}

/** Those of `experimental` under names of their own. */
function entriesOf(config: NextOptions): Entry[] {
  return Object.entries(config).flatMap(([name, value]): Entry[] => {
    if (value === undefined) return []
    if (name !== 'experimental') return [[name, value]]
    return Object.entries(Object(value)).map(([own, one]) => [`experimental.${own}`, one])
  })
}

/**
 * `resolveAlias` is how plugins of Next.js put an app's file into a package. What has another target
 * in a browser, and the rest of what is said to Turbopack, are `others`.
 */
function aliasesOf(turbopack: unknown): { aliases: Record<string, string>; others: string[] } {
  const { resolveAlias, ...rest } = Object(turbopack) as Record<string, unknown>
  const all = Object.entries(Object(resolveAlias))
  const aliases = all.filter((alias): alias is [string, string] => typeof alias[1] === 'string')
  const others = all.filter(([, target]) => typeof target !== 'string')
  return {
    aliases: Object.fromEntries(aliases),
    others: [
      ...Object.keys(rest).map((name) => `turbopack.${name}`),
      ...others.map(([name]) => `turbopack.resolveAlias[${JSON.stringify(name)}]`),
    ],
  }
}

/** `own` are the rewrites to paths of the app; requests to other sites are not passed on. */
function withoutSites(given: unknown): { own: RewriteStages | undefined; sites: string[] } {
  if (given === undefined || given === null) return { own: undefined, sites: [] }
  const stages = (Array.isArray(given) ? { afterFiles: given } : given) as RewriteStages
  const own = Object.entries(stages).map(([stage, rules]) => [
    stage,
    rules.filter((rule) => !isSite(rule)),
  ])
  const sites = Object.values(stages).flatMap((rules) =>
    rules
      .filter(isSite)
      .map(({ source, destination }) => `the rewrite of ${source} to ${destination}`),
  )
  return { own: Object.fromEntries(own) as RewriteStages, sites }
}

function isSite({ destination }: RewriteOption): boolean {
  return /^https?:/.test(destination)
}

function present(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

import { ruleMatcher, type PathRule } from '../routes/path-rule.ts'
import type { HeaderRule, PathRules, RedirectRule, RewriteRule } from '../routes/path-rules.ts'
import { OptionError, refuseUnknown, requireFlag } from './option-values.ts'

/** `basePath: false` is for a rule whose source and destination are not below the base path. */
type PathOption = PathRule & { basePath?: false | undefined }

export type HeaderOption = PathOption & Pick<HeaderRule, 'headers'>
export type RewriteOption = PathOption & { destination: string }
/** Browsers may remember a `permanent` one: it has the status 308, others 307. */
export type RedirectOption = RewriteOption & { permanent?: boolean; statusCode?: number }
export type RewriteStages = Partial<Record<keyof PathRules['rewrites'], RewriteOption[]>>

/** What an app says about paths; the patterns and the order are those of Next.js. */
export type PathOptions = {
  /** Whether the addresses of pages end with a slash. Default: `false`: one that is there does not count. */
  trailingSlash?: boolean
  headers?: HeaderOption[]
  redirects?: RedirectOption[]
  /** A list is for what no page without parameters answers for. */
  rewrites?: RewriteOption[] | RewriteStages
}

export type ResolvedPaths = {
  trailingSlash: boolean
  /** Which base path there is, is known when Vite is asked. */
  rulesBelow: (basePath: string) => PathRules
}

/** @throws OptionError naming the option and its value */
export function resolvePathOptions(options: PathOptions): ResolvedPaths {
  refuseUnknown(options, ['trailingSlash', 'headers', 'redirects', 'rewrites'], 'paths.')
  const { trailingSlash = false, headers = [], redirects = [], rewrites = [] } = options
  requireFlag('paths.trailingSlash', trailingSlash)
  const {
    beforeFiles = [],
    afterFiles = [],
    fallback = [],
  } = Array.isArray(rewrites) ? { afterFiles: rewrites } : rewrites
  const stages = { beforeFiles, afterFiles, fallback }
  requireRules('headers', headers)
  for (const [i, rule] of redirects.entries()) requireLeading('redirects', i, rule)
  for (const [stage, rules] of Object.entries(stages)) {
    for (const [i, rule] of rules.entries()) requireLeading(`rewrites.${stage}`, i, rule)
  }
  return {
    trailingSlash,
    rulesBelow: (base) => ({
      headers: headers.map((rule) => headerBelow(base, rule)),
      redirects: redirects.map((rule) => redirectBelow(base, rule)),
      rewrites: {
        beforeFiles: beforeFiles.map((rule) => rewriteBelow(base, rule)),
        afterFiles: afterFiles.map((rule) => rewriteBelow(base, rule)),
        fallback: fallback.map((rule) => rewriteBelow(base, rule)),
      },
    }),
  }
}

function headerBelow(base: string, rule: HeaderOption): HeaderRule {
  return { ...patternBelow(base, rule), headers: rule.headers }
}

function redirectBelow(base: string, rule: RedirectOption): RedirectRule {
  const { statusCode, permanent } = rule
  return { ...rewriteBelow(base, rule), status: statusCode ?? (permanent === true ? 308 : 307) }
}

function rewriteBelow(base: string, rule: RewriteOption): RewriteRule {
  const { basePath, destination } = rule
  const isOutside = basePath === false || !destination.startsWith('/')
  const whole = isOutside ? destination : pathBelow(base, destination)
  return { ...patternBelow(base, rule), destination: whole }
}

function patternBelow(base: string, { source, has, missing, basePath }: PathOption): PathRule {
  return {
    source: basePath === false ? source : pathBelow(base, source),
    ...(has ? { has } : {}),
    ...(missing ? { missing } : {}),
  }
}

function pathBelow(base: string, path: string): string {
  return path === '/' && base !== '' ? base : base + path
}

function requireRules(option: string, rules: readonly PathOption[]): void {
  for (const [i, rule] of rules.entries()) requireRule(option, i, rule)
}

function requireLeading(option: string, i: number, rule: RewriteOption | RedirectOption): void {
  requireRule(option, i, rule)
  const { destination } = rule
  if (typeof destination === 'string' && /^(\/|https?:\/\/)/.test(destination)) return
  const name = `paths.${option}[${i}].destination`
  throw new OptionError(name, destination, 'a path such as /posts/:id, or a URL')
}

function requireRule(option: string, i: number, rule: PathOption): void {
  const name = `paths.${option}[${i}]`
  const { source } = rule
  if (typeof source !== 'string' || !source.startsWith('/')) {
    throw new OptionError(`${name}.source`, source, 'a path that begins with a slash')
  }
  try {
    ruleMatcher(rule)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new OptionError(name, rule, `a pattern such as /posts/:id (${reason})`)
  }
}

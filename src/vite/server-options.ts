import { defaultReplyLimits, type ReplyLimits } from '../flight/reply-limits.ts'
import type { CallLimits, ServerConfig } from '../server/config.ts'
import { expectedPattern, isOriginPattern } from '../server/origin-pattern.ts'
import {
  OptionError,
  parseCount,
  parseDuration,
  parseSize,
  refuseUnknown,
  requireFlag,
  requireTexts,
} from './option-values.ts'

export type ServerOptions = FunctionOptions & {
  /**
   * The public origin of the app, e.g. `'https://example.com'`. Calls from a page of another origin
   * are refused. Default: none; then the `Host` header of the request serves for the comparison.
   */
  origin?: string
  /**
   * Hosts of other sites that may call, with a port if it is not the default one:
   * `'admin.example.com'`, `'*.example.com'` (one label), `'**.example.com'` (one or more).
   * Default: none.
   */
  allowedOrigins?: string[]
  /**
   * Proxies whose `X-Forwarded-*` headers are believed: their IP addresses, or `true` for whoever
   * connects. Default: `false`.
   */
  trustProxy?: boolean | string[]
  /**
   * Whether to refuse calls that carry neither `Origin` nor `Sec-Fetch-Site`, as programs other
   * than browsers send them. Default: `false`.
   */
  requireOrigin?: boolean
  /** How many calls may run at the same time; those beyond get 503. Default: 1,000. */
  maxCalls?: number
  /**
   * How late the process may be with what it was sent; calls that come later get 503. Milliseconds,
   * or text such as `'500ms'`. Default: `'250ms'`.
   */
  maxDelay?: number | string
  /** What the arguments of a call may consist of; those that exceed it get 400. */
  decoding?: Partial<Omit<ReplyLimits, 'time'>> & { time?: number | string }
  /** Limits of single functions, by the names that `volley functions` prints: `'app/a.ts#upload'`. */
  functions?: Record<string, FunctionOptions>
  /** Whether `/-/live` and `/-/ready` answer. Default: `true`. */
  health?: boolean
}

/** What may be set for all functions, and for one. */
export type FunctionOptions = {
  /**
   * The most that a call or a form may send: bytes, or text such as `'500kb'` or `'2mb'`; what is
   * larger gets 413. Default: `'1mb'`.
   */
  bodySizeLimit?: number | string
  /**
   * How long a server function may run: milliseconds, or text such as `'30s'` or `'2m'`. Then its
   * `signal()` is aborted and its caller gets 504. Default: `'30s'`.
   */
  timeout?: number | string
}

const limitNames = ['bodySizeLimit', 'timeout']

const names = [
  'origin',
  'allowedOrigins',
  'trustProxy',
  'requireOrigin',
  'maxCalls',
  'maxDelay',
  'decoding',
  'functions',
  'health',
  ...limitNames,
]

/** @throws OptionError naming the option and its value */
export function resolveServerOptions(options: ServerOptions): ServerConfig {
  refuseUnknown(options, names, 'server.')
  const { bodySizeLimit = '1mb', timeout = '30s', functions = {} } = options
  const { maxCalls = 1_000, maxDelay = '250ms', decoding = {}, health = true } = options
  requireFlag('server.health', health)
  const limits = resolveLimits({ bodySizeLimit, timeout }, 'server.')
  return {
    ...resolveSite(options),
    ...limits,
    functions: resolveFunctions(functions, limits),
    maxCalls: parseCount('server.maxCalls', maxCalls),
    maxDelay: parseDuration('server.maxDelay', maxDelay),
    decoding: resolveDecoding(decoding),
    health,
  }
}

type Site = Pick<ServerConfig, 'origin' | 'allowedOrigins' | 'trustProxy' | 'requireOrigin'>

/** Who may call. */
function resolveSite(options: ServerOptions): Site {
  const { origin, allowedOrigins = [], trustProxy = false, requireOrigin = false } = options
  if (typeof trustProxy !== 'boolean') requireTexts('server.trustProxy', trustProxy)
  requireFlag('server.requireOrigin', requireOrigin)
  requireTexts('server.allowedOrigins', allowedOrigins)
  for (const host of allowedOrigins) requireHost(host)
  return {
    origin: origin === undefined ? null : parseOrigin(origin),
    allowedOrigins,
    trustProxy,
    requireOrigin,
  }
}

function resolveLimits(
  { bodySizeLimit, timeout }: Required<FunctionOptions>,
  prefix: string,
): CallLimits {
  return {
    bodySizeLimit: parseSize(`${prefix}bodySizeLimit`, bodySizeLimit),
    timeout: parseDuration(`${prefix}timeout`, timeout),
  }
}

function resolveFunctions(
  functions: Record<string, FunctionOptions>,
  defaults: CallLimits,
): Record<string, CallLimits> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, options]) => {
      const prefix = `server.functions[${JSON.stringify(name)}].`
      refuseUnknown(options, limitNames, prefix)
      return [name, resolveLimits({ ...defaults, ...options }, prefix)]
    }),
  )
}

function resolveDecoding(options: NonNullable<ServerOptions['decoding']>): ReplyLimits {
  refuseUnknown(options, Object.keys(defaultReplyLimits), 'server.decoding.')
  const limits = { ...defaultReplyLimits }
  for (const name of Object.keys(limits) as (keyof ReplyLimits)[]) {
    const value = options[name]
    const option = `server.decoding.${name}`
    if (value === undefined) continue
    limits[name] = name === 'time' ? parseDuration(option, value) : parseCount(option, value)
  }
  return limits
}

function requireHost(host: string): void {
  if (!isOriginPattern(host)) throw new OptionError('server.allowedOrigins', host, expectedPattern)
}

function parseOrigin(value: unknown): string {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (url && /^https?:$/.test(url.protocol) && (value === url.origin || value === url.href)) {
    if (url.pathname === '/' && url.search === '' && url.hash === '') return url.origin
  }
  throw new OptionError('server.origin', value, "an origin such as 'https://example.com'")
}

import { defaultReplyLimits, type ReplyLimits } from '../flight/reply-limits.ts'

/** What an app may set: `volley({ … })` in its `vite.config.ts`. */
export type VolleyOptions = {
  /**
   * Whether calls from one tab run at the same time (at most five), or one after another in the
   * order they were made. Default: `'parallel'`.
   */
  calls?: 'parallel' | 'serial'
  server?: ServerOptions
}

export type ServerOptions = {
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
   * The most that a call or a form may send: bytes, or text such as `'500kb'` or `'2mb'`.
   * Default: `'1mb'`.
   */
  bodySizeLimit?: number | string
  /**
   * Whether to refuse calls that carry neither `Origin` nor `Sec-Fetch-Site`, as programs other
   * than browsers send them. Default: `false`.
   */
  requireOrigin?: boolean
}

/** `VolleyOptions` with every default filled in and every value checked. */
export type ResolvedOptions = {
  calls: 'parallel' | 'serial'
  server: {
    origin: string | null
    allowedOrigins: string[]
    trustProxy: boolean | string[]
    bodySizeLimit: number
    requireOrigin: boolean
    decoding: ReplyLimits
  }
}

export class OptionError extends Error {
  override name = 'OptionError'

  constructor(option: string, value: unknown, expected: string) {
    super(
      `volley(): the option \`${option}\` is ${JSON.stringify(value)}, but must be ${expected}.`,
    )
  }
}

/** @throws OptionError naming the option and its value */
export function resolveOptions(options: VolleyOptions): ResolvedOptions {
  const { calls = 'parallel', server = {} } = options
  refuseUnknown(options, ['calls', 'server'], '')
  if (calls !== 'parallel' && calls !== 'serial') {
    throw new OptionError('calls', calls, "'parallel' or 'serial'")
  }
  return { calls, server: resolveServerOptions(server) }
}

const serverOptions = ['origin', 'allowedOrigins', 'trustProxy', 'bodySizeLimit', 'requireOrigin']

function resolveServerOptions(options: ServerOptions): ResolvedOptions['server'] {
  const { allowedOrigins = [], trustProxy = false, requireOrigin = false } = options
  const { origin = null, bodySizeLimit = '1mb' } = options
  refuseUnknown(options, serverOptions, 'server.')
  if (typeof trustProxy !== 'boolean') requireTexts('server.trustProxy', trustProxy)
  if (typeof requireOrigin !== 'boolean') {
    throw new OptionError('server.requireOrigin', requireOrigin, 'true or false')
  }
  requireTexts('server.allowedOrigins', allowedOrigins)
  for (const host of allowedOrigins) requireHost(host)
  return {
    origin: origin === null ? null : parseOrigin(origin),
    allowedOrigins,
    trustProxy,
    bodySizeLimit: parseSize(bodySizeLimit),
    requireOrigin,
    decoding: defaultReplyLimits,
  }
}

function refuseUnknown(options: object, names: string[], prefix: string): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  const list = names.map((name) => prefix + name).join(', ')
  throw new OptionError(
    prefix + unknown,
    Reflect.get(options, unknown),
    `left out: known are ${list}`,
  )
}

function requireTexts(option: string, value: unknown): void {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return
  throw new OptionError(option, value, 'a list of strings')
}

function requireHost(host: string): void {
  if (host === 'null') return
  const bare = host.replace(/^\*\*?\./, '')
  // A wildcard above a whole domain (`*.com`, `*`) would let everybody in.
  const labels = bare.replace(/:\d+$/, '').split('.')
  const isHost = /^[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?$/i.test(bare)
  if (isHost && (bare === host || labels.length > 1)) return
  const expected = "a host such as 'example.com', 'localhost:4000' or '*.example.com'"
  throw new OptionError('server.allowedOrigins', host, expected)
}

function parseOrigin(value: unknown): string {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (url && /^https?:$/.test(url.protocol) && (value === url.origin || value === url.href)) {
    if (url.pathname === '/' && url.search === '' && url.hash === '') return url.origin
  }
  throw new OptionError('server.origin', value, "an origin such as 'https://example.com'")
}

const units = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }

/** Bytes of a number or of a text such as `'2mb'`. */
function parseSize(value: unknown): number {
  const text = typeof value === 'number' ? String(value) : value
  const match = typeof text === 'string' ? /^(\d+(?:\.\d+)?) ?(b|kb|mb|gb)?$/i.exec(text) : null
  const unit = match?.[2]?.toLowerCase() ?? 'b'
  const bytes = Math.floor(Number(match?.[1]) * (isUnit(unit) ? units[unit] : Number.NaN))
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  const expected = "a number of bytes above 0, or text such as '500kb' or '2mb'"
  throw new OptionError('server.bodySizeLimit', value, expected)
}

function isUnit(text: string): text is keyof typeof units {
  return Object.hasOwn(units, text)
}

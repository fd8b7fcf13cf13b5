import type { ServerConfig } from './config.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { quote } from './log.ts'
import { matchesOriginPattern } from './origin-pattern.ts'
import { publicHost } from './public-host.ts'
import { Refusal } from './refusal.ts'

/**
 * Another site must not make a visitor's browser call this app with the visitor's cookies. Browsers
 * tell where a request comes from by `Sec-Fetch-Site`, older ones by `Origin`. A request with
 * neither was not made by a page; it carries no visitor's cookies and passes.
 * @throws Refusal `cross-site`
 */
export function assertSameSite(request: ServerRequest, config: ServerConfig): void {
  const reason = crossSiteReason(request, config)
  if (reason) throw new Refusal('cross-site', reason)
}

function crossSiteReason(request: ServerRequest, config: ServerConfig): string | null {
  const origin = headerOf(request.headers, 'origin')
  const site = headerOf(request.headers, 'sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return null
  if (origin === undefined) return missingOriginReason(site, config)
  if (isAllowed(origin, config.allowedOrigins)) return null
  if (site === undefined && isOwnOrigin(origin, request, config)) return null
  return (
    `${quote(origin)} is not ${quote(publicHost(request, config) ?? '')}. ` +
    'If it is a site of yours, add its host to allowedOrigins; behind a proxy, set origin.'
  )
}

function missingOriginReason(site: string | undefined, config: ServerConfig): string | null {
  if (site !== undefined) return `Sec-Fetch-Site is ${quote(site)} and Origin is missing`
  return config.requireOrigin ? 'Origin is missing and requireOrigin is set' : null
}

function isAllowed(origin: string, patterns: readonly string[]): boolean {
  const host = hostOf(origin)
  return host !== null && patterns.some((pattern) => matchesOriginPattern(host, pattern))
}

/** Where the public origin is not configured, the scheme is unknown: a proxy may have ended TLS. */
function isOwnOrigin(origin: string, request: ServerRequest, config: ServerConfig): boolean {
  if (config.origin !== null) return origin.toLowerCase() === new URL(config.origin).origin
  const host = hostOf(origin)
  return host !== null && host === publicHost(request, config)?.toLowerCase()
}

/** `null` for what is no origin at all; the opaque origin `null` stays itself, to be listed. */
function hostOf(origin: string): string | null {
  if (origin === 'null') return origin
  if (!/^https?:\/\/[^/\\?#@\s,]+$/i.test(origin) || !URL.canParse(origin)) return null
  return new URL(origin).host
}

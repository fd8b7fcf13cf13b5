import type { IncomingHeaders } from '../context/request-context.ts'
import type { AppConfig } from './config.ts'
import { headerOf } from './exchange.ts'
import { parseTarget, type Target } from './target.ts'

/**
 * Where a redirect leads: a path of this app, to be looked up among its routes, or elsewhere. `to`
 * is percent-encoded as `URL` does it, so that a header can hold it.
 */
export type RedirectTarget = { target: Target; to: string } | { target: null; to: string }

/** Only a base to resolve against: no request and no answer ever contains it. */
const base = 'http://volley.invalid'

/**
 * Resolves a redirect against the page that it left. An absolute URL of this app's own origin
 * becomes a path; the request's `Host` serves for that comparison alone.
 */
export function redirectTarget(
  to: string,
  from: Target,
  site: { config: AppConfig; headers: IncomingHeaders },
): RedirectTarget {
  const url = new URL(to, base + from.href)
  if (url.origin !== base && !isOwnOrigin(url, site.config, site.headers)) {
    return { target: null, to: url.href }
  }
  // Two slashes in front, as `/.//host` resolves to, would be another site to a browser.
  const pathname = url.pathname.replace(/^\/{2,}/, '/')
  const target = parseTarget(pathname + url.search)
  return { target, to: pathname + url.search + url.hash }
}

function isOwnOrigin(url: URL, { server }: AppConfig, headers: IncomingHeaders): boolean {
  if (server.origin !== null) return url.origin === new URL(server.origin).origin
  return url.host === headerOf(headers, 'host')?.toLowerCase()
}

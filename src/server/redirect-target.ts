import type { IncomingHeaders } from '../context/request-context.ts'
import type { AppConfig } from './config.ts'
import { headerOf } from './exchange.ts'
import { shownHref, withoutBase } from './site-path.ts'
import { parseTarget, type Target } from './target.ts'

/**
 * Where a redirect leads: a path of this app, to be looked up among its routes, or elsewhere. `to` is
 * the address, with the base path, and percent-encoded as `URL` does it, so that a header can hold it.
 */
export type RedirectTarget = { target: Target; to: string } | { target: null; to: string }

/** What tells the app's own origin from others. */
export type RedirectSite = { config: AppConfig; headers: IncomingHeaders }

/** Only a base to resolve against: no request and no answer ever contains it. */
const base = 'http://volley.invalid'

/** Where `redirect()` leads: an absolute path is one of the app, below its base path. */
export function redirectTarget(to: string, from: Target, site: RedirectSite): RedirectTarget {
  const isRooted = /^\/(?![/\\])/.test(to)
  return addressTarget(isRooted ? site.config.site.basePath + to : to, from, site)
}

/**
 * Resolves an address against that of the page that it leads away from. An absolute URL of this
 * app's own origin becomes a path; the request's `Host` serves for that comparison alone.
 */
export function addressTarget(
  to: string,
  from: Target,
  { config, headers }: RedirectSite,
): RedirectTarget {
  const url = new URL(to, base + shownHref(from, config.site))
  if (url.origin !== base && !isOwnOrigin(url, config, headers)) {
    return { target: null, to: url.href }
  }
  // Two slashes in front, as `/.//host` resolves to, would be another site to a browser.
  const pathname = url.pathname.replace(/^\/{2,}/, '/')
  const target = parseTarget(pathname + url.search)
  const own = target && withoutBase(target, config.site)
  const address = own ? shownHref(own, config.site) : pathname + url.search
  return { target: own, to: address + url.hash }
}

function isOwnOrigin(url: URL, { server }: AppConfig, headers: IncomingHeaders): boolean {
  if (server.origin !== null) return url.origin === new URL(server.origin).origin
  return url.host === headerOf(headers, 'host')?.toLowerCase()
}

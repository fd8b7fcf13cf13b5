/** What `Link` takes: a URL, or its parts. */
export type Href = string | HrefParts
export type HrefParts = {
  pathname?: string | null
  query?: Record<string, QueryValue | readonly QueryValue[]> | null
  hash?: string | null
}
type QueryValue = string | number | boolean | null | undefined

export function formatHref(href: Href): string {
  if (typeof href === 'string') return href
  const { pathname, query, hash } = href
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (one == null ? [] : [[name, String(one)]])),
  )
  const search = String(new URLSearchParams(pairs))
  return (pathname ?? '') + (search && `?${search}`) + (hash ? `#${hash.replace(/^#/, '')}` : '')
}

/**
 * Where a target leads: to another place of the same document, to a page that may be one of this
 * app, or to a document that only the browser can load. `javascript:` and the like lead nowhere:
 * they would run as a script of this page.
 */
export type Target = {
  leads: 'hash' | 'page' | 'document' | 'nowhere'
  url: URL
  /** Path and search. */
  path: string
}

export function resolveTarget(href: string, from: string): Target {
  const url = new URL(href, from)
  const here = new URL(from)
  // Two slashes in front, as `/.//host` resolves to, would be another site once resolved again.
  const path = url.pathname.replace(/^\/{2,}/, '/') + url.search
  const isHere = path === here.pathname + here.search && url.href.includes('#')
  if (!/^https?:$/.test(url.protocol)) return { leads: 'nowhere', url, path }
  const base = import.meta.env.VOLLEY_BASE_PATH
  const isOutside = url.origin !== here.origin || (base && !path.startsWith(base))
  if (isOutside) return { leads: 'document', url, path }
  return { leads: isHere ? 'hash' : 'page', url, path }
}

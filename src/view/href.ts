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
export type Target = { kind: 'hash' | 'page' | 'document' | 'nowhere'; url: URL }

export function resolveTarget(href: string, from: string): Target {
  const url = new URL(href, from)
  const here = new URL(from)
  if (!/^https?:$/.test(url.protocol)) return { kind: 'nowhere', url }
  if (url.origin !== here.origin) return { kind: 'document', url }
  const isHere = url.pathname === here.pathname && url.search === here.search
  return { kind: isHere && url.href.includes('#') ? 'hash' : 'page', url }
}

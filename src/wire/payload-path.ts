/**
 * Payloads have paths of their own, so that no cache can mix them up with the HTML of a page:
 * `/posts?page=2` has its payload at `/-/payload/posts?page=2`.
 */
const prefix = '/-/payload'

export function payloadHref(href: string): string {
  return prefix + href
}

/** The page's own path and search, or `null` when the target is not a payload's. */
export function pageHref(target: string): string | null {
  return target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : null
}

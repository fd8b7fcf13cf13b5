/**
 * Payloads have paths of their own, so that no cache can mix them up with the HTML of a page:
 * `/posts?page=2` has its payload at `/-/payload/posts?page=2`, below the app's base path.
 */
const prefix = '/-/payload'

export function payloadHref(href: string): string {
  return prefix + href
}

/** The same in an app below a base path, which both addresses begin with. */
export function payloadHrefBelow(base: string, href: string): string {
  return base + prefix + href.slice(base.length)
}

/** The page's own path and search, or `null` when the target is not a payload's. */
export function pageHref(target: string, base: string): string | null {
  const rest = target.startsWith(base + prefix) ? target.slice(base.length + prefix.length) : null
  if (rest === null || !(base === '' ? /^\// : /^([/?]|$)/).test(rest)) return null
  return base + rest
}

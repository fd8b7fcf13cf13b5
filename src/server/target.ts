/** Where a request goes: the pathname still percent-encoded, the search with its question mark. */
export type Target = {
  pathname: string
  search: string
  href: string
  /** What the address bar shows where that is not `href`: the request was rewritten. */
  shown?: string
}

/**
 * `null` for a target that names no path of this app: absolute and authority forms, `*`, and the
 * `//host` that a browser would take for another site in a redirect.
 */
export function parseTarget(href: string): Target | null {
  if (!/^\/(?![/\\])[\x21-\x7e\x80-\uffff]*$/.test(href)) return null
  const path = href.split('#', 1)[0] ?? ''
  const end = path.indexOf('?')
  if (end === -1) return { pathname: path, search: '', href: path }
  return { pathname: path.slice(0, end), search: path.slice(end), href: path }
}

/** Search parameters as pages get them: a list where a name came repeatedly. */
export function searchParameters(search: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(search)) {
    const previous = values.get(name)
    values.set(name, previous === undefined ? value : [previous, value].flat())
  }
  return Object.fromEntries(values)
}

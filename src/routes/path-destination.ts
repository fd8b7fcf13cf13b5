import type { PathParams } from './path-pattern.ts'

export type Filling = {
  params: PathParams
  /** Of the request, with its question mark or empty. */
  search: string
  /** Whether parameters that the destination does not name go into its search parameters. */
  keepsParams: boolean
}

/**
 * Where a rule leads: `:name`, `:name*` and the like in the path, the search and the hash of its
 * destination are filled in, and the search parameters of the request are kept where the destination
 * has none of the same name. The destination may begin with an origin.
 */
export function fillDestination(destination: string, filling: Filling): string {
  const { params } = filling
  const [, origin = '', path = '', search = '', hash = ''] = parts.exec(destination) ?? []
  const query = new URLSearchParams()
  for (const [key, value] of new URLSearchParams(search)) query.append(key, fillText(value, params))
  if (filling.keepsParams && !/:\w/.test(path + search + hash)) addParams(query, params)
  addOthers(query, filling.search)
  const filledPath = fillPath(path, params) || '/'
  return (
    fillOrigin(origin, params) +
    filledPath +
    (query.size > 0 ? `?${query}` : '') +
    fillText(hash, params)
  )
}

const parts = /^(https?:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s

/** What looks like a parameter and is none stays: the port of `https://example.com:8080`. */
export function fillText(text: string, params: PathParams): string {
  return text.replace(/:(\w+)[*+?]?/g, (found, key: string) =>
    Object.hasOwn(params, key) ? segmentsOf(params[key]).join('/') : found,
  )
}

/** A value never adds a host, a port or a path of its own. */
function fillOrigin(origin: string, params: PathParams): string {
  return origin.replace(/:(\w+)/g, (found, key: string) =>
    Object.hasOwn(params, key) ? encodeURIComponent(segmentsOf(params[key]).join('/')) : found,
  )
}

/** A parameter that has taken nothing takes the slash before it along. */
function fillPath(path: string, params: PathParams): string {
  return path.replace(/\/?:(\w+)[*+?]?/g, (found, key: string) => {
    const segments = segmentsOf(params[key]).map(encodeURIComponent)
    if (segments.length === 0) return ''
    return (found.startsWith('/') ? '/' : '') + segments.join('/')
  })
}

function addOthers(query: URLSearchParams, search: string): void {
  const own = new Set(query.keys())
  for (const [key, value] of new URLSearchParams(search)) {
    if (!own.has(key)) query.append(key, value)
  }
}

function addParams(query: URLSearchParams, params: PathParams): void {
  for (const [key, value] of Object.entries(params)) {
    // Groups without a name are numbered.
    if (!/^\d+$/.test(key)) query.append(key, segmentsOf(value).join('/'))
  }
}

/** Decoded. A value may hold slashes, as one of `/:path(.*)`. */
function segmentsOf(value: string | string[] | undefined): string[] {
  const items = [value ?? []].flat()
  return items
    .flatMap((item) => item.split('/'))
    .filter((segment) => segment !== '')
    .map(decode)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A malformed escape, or the value of a header: as it is.
    return text
  }
}

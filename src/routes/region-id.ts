import type { MatchedNode } from './match-route.ts'

/**
 * The id of a layout's region: its directory, and the parameters of its own path only, so that it
 * is the same for every page below it: `layout:/posts/[id]?id=7`.
 */
export function layoutRegion(matched: readonly MatchedNode[]): string {
  return `layout:${withQuery(directory(matched), paramPairs(matched))}`
}

/** Whether `layoutRegion` has made it. */
export function isLayoutRegion(id: string): boolean {
  return id.startsWith('layout:')
}

/**
 * The id of a page's region: also its search parameters: `page:/posts/[id]?id=7&q=x`. `search` may
 * begin with a question mark.
 */
export function pageRegion(matched: readonly MatchedNode[], search: string): string {
  const query = search.replace(/^\?/, '')
  const pairs = paramPairs(matched)
  return `page:${withQuery(directory(matched), query === '' ? pairs : [...pairs, query])}`
}

/** The id of the region of a `default` file, which stands for whatever the path may be. */
export function defaultRegion(matched: readonly MatchedNode[]): string {
  return `default:${withQuery(directory(matched), paramPairs(matched))}`
}

function directory(matched: readonly MatchedNode[]): string {
  return `/${matched.at(-1)?.node.dir ?? ''}`
}

/** Every parameter has a pair, an empty one too, so that the first of the search is always told from them. */
function paramPairs(matched: readonly MatchedNode[]): string[] {
  return matched.flatMap(({ node: { segment }, value }) => {
    if (!('name' in segment) || segment.kind === 'group') return []
    const encoded = value.split('/').map(encodeURIComponent).join('/')
    return [`${segment.name}=${encoded}`]
  })
}

function withQuery(path: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

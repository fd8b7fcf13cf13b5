/**
 * Tags as both sides know them. A path is a tag too: a page carries one for each path, and each
 * route, that is its own or leads to it.
 */

/**
 * The tag that `revalidatePath(path, covers)` invalidates: of the page at that path or route, or
 * also of all below it. Route groups are no part of a path.
 */
export function tagOfPath(path: string, covers: 'page' | 'layout'): string {
  return `${covers}:${normalized(path)}`
}

/** The tags of the page at a pathname, as the address bar has it, whose route is `pattern`. */
export function tagsOfPage(pathname: string, pattern: string): string[] {
  const paths = new Set([normalized(pathname), normalized(pattern)])
  const above = new Set([...paths].flatMap(prefixes))
  return [
    ...[...paths].map((path) => tagOfPath(path, 'page')),
    ...[...above].map((path) => tagOfPath(path, 'layout')),
  ]
}

/**
 * Whether a pathname is spelled as paths are in tags, or as browsers spell it: any other spelling of
 * it leads to the same page.
 */
export function isNormalPath(pathname: string): boolean {
  const path = normalized(pathname)
  return pathname === path || pathname === path.replaceAll(escapedByUs, decodeURIComponent)
}

/** Characters of a path that `encodeURIComponent` escapes and browsers leave as they are. */
const escapedByUs = /%(?:24|26|2B|2C|3A|3B|3D|40)/g

/** Tags are sent as this: short, and it does not show what an app calls its data. */
export function hashOfTag(tag: string): string {
  return tagNumber(tag).toString(36)
}

/** A whole number of 48 bits: FNV-1a over two halves that start differently. */
export function tagNumber(tag: string): number {
  let low = 0x811c9dc5
  let high = 0x1b873593
  for (let i = 0; i < tag.length; i++) {
    const code = tag.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x85ebca6b)
    high ^= high >>> 13
  }
  return ((high ^ (low >>> 7)) & 0xffff) * 2 ** 32 + (low >>> 0)
}

/** `/`, `/a` and `/a/b` for `/a/b`. */
function prefixes(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)]
}

/** Percent-encoded as in an address bar, with one slash between two parts and none at the end. */
function normalized(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && !/^\(.*\)$/.test(part))
  return `/${parts.map(inAddressBar).join('/')}`
}

function inAddressBar(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part))
  } catch {
    // A malformed escape names no page; it is left as it is.
    return part
  }
}

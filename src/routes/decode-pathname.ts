/**
 * The segments of a pathname; `null` for one that no file can stand for. An encoded slash,
 * backslash or dot segment is refused: proxies and file APIs disagree about what it means, so two
 * spellings could name one page.
 */
export function decodePathname(pathname: string): string[] | null {
  if (!pathname.startsWith('/')) return null
  const path = pathname.slice(1).replace(/\/$/, '')
  // '//' is one empty segment, which no route has; '/' is none.
  if (path === '') return pathname.length > 1 ? null : []
  try {
    const segments = path.split('/').map(decodeURIComponent)
    return segments.every(isSegment) ? segments : null
  } catch {
    // A malformed escape.
    return null
  }
}

function isSegment(segment: string): boolean {
  const hasLoneSurrogate = /[\ud800-\udfff]/u.test(segment)
  return !hasLoneSurrogate && !/^\.{0,2}$|[/\\\0]/.test(segment)
}

import { match } from 'path-to-regexp'

/** What a pattern took of a pathname, percent-encoded; a list where a parameter repeats. */
export type PathParams = Record<string, string | string[]>

export type PathPattern = (pathname: string) => PathParams | null

/**
 * Whether pathnames are what `source` says, in the syntax of path-to-regexp 6: `/posts/:id`,
 * `/docs/:path*`, `/:language(en|de)/about`, `/((?!api).*)`. Upper and lower case are the same, and a
 * trailing slash does not count.
 * @throws TypeError for what is no pattern
 */
export function pathPattern(source: string): PathPattern {
  // A pathname is percent-encoded; a pattern may be written as people read it: `/über`.
  const matches = match<PathParams>(source, { encode })
  return (pathname) => {
    const found = matches(pathname)
    return found ? { ...found.params } : null
  }
}

function encode(text: string): string {
  return text.replace(/[^\x21-\x7e]+/gu, encodeURIComponent)
}

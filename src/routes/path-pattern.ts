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
  const matches = match<PathParams>(source)
  return (pathname) => {
    const found = matches(pathname)
    return found ? { ...found.params } : null
  }
}

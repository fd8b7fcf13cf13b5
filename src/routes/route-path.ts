/** A route as people write it: `/posts/[id]` for the directory `(shop)/posts/[id]/@modal`. */
export function routePath(dir: string): string {
  const segments = dir.split('/').filter((directory) => !isUnseen(directory))
  return `/${segments.join('/')}`
}

/** Groups and slots are no part of a URL. */
function isUnseen(directory: string): boolean {
  return directory.startsWith('@') || /^\([^()]+\)$/.test(directory)
}

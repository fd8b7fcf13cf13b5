import { decodePathname } from './decode-pathname.ts'

/**
 * The one spelling of a pathname that rules and middleware see, whatever was asked for: what routing
 * takes for the same path (`/%61dmin`, `/admin/`) must be the same to who guards it (`/admin`). A
 * pathname that no file can stand for stays as it is.
 */
export function oneSpelling(pathname: string): string {
  const segments = decodePathname(pathname)
  if (!segments) return pathname
  return `/${segments.map((segment) => encodeURI(segment).replace(/[?#]/g, encodeURIComponent)).join('/')}`
}

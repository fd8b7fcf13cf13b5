import { pathPattern } from '../routes/path-pattern.ts'
import type { SiteConfig } from './config.ts'
import { parseTarget, type Target } from './target.ts'

/**
 * The same target below the app's base path, as routing knows it; `null` for one outside. Inside the
 * handler targets have no base path: it is taken away where a request comes in, and put in front
 * where an address goes out.
 */
export function withoutBase(target: Target, { basePath }: SiteConfig): Target | null {
  if (basePath === '') return target
  const { pathname, search } = target
  const isBelow = pathname === basePath || pathname.startsWith(`${basePath}/`)
  return isBelow ? parseTarget((pathname.slice(basePath.length) || '/') + search) : null
}

/**
 * Whether rules for paths below the base path may take a target that is outside of it: they see one
 * spelling of it, and upper and lower case are the same to them. Middleware does not run for it.
 */
export function isNearBase({ pathname }: Target, { basePath }: SiteConfig): boolean {
  return basePath !== '' && pathPattern(`${basePath}{/(.*)}?`)(pathname) !== null
}

/** The target with the base path in front. */
export function withBase(target: Target, { basePath }: SiteConfig): Target {
  if (basePath === '') return target
  return { ...target, pathname: basePath + target.pathname, href: basePath + target.href }
}

/** What the address bar shows for a target. */
export function shownHref(target: Target, site: SiteConfig): string {
  const href = target.shown ?? target.href
  if (site.basePath === '' && !site.trailingSlash) return href
  const [, pathname = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? []
  const isRoot = pathname === '/' && site.basePath !== ''
  const path = site.basePath + (isRoot ? '' : pathname)
  return (site.trailingSlash ? withSlash(path) : path) + rest
}

/** The name of a file has no slash behind it. */
function withSlash(pathname: string): string {
  return pathname.endsWith('/') || /\.[^/]*$/.test(pathname) ? pathname : `${pathname}/`
}

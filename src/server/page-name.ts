import type { SiteConfig } from './config.ts'
import { shownHref } from './site-path.ts'
import { parseTarget, type Target } from './target.ts'

/** A page that the browser still shows something of. */
export type EarlierPage = Target & {
  /** The pathname of the page that it was intercepted on, which is an earlier one too. */
  on?: string
}

/** What a page is called within a match: `/photo/7?q=x /feed` for one intercepted on `/feed`. */
export function pageName({ href, on }: EarlierPage): string {
  return on === undefined ? href : `${href} ${on}`
}

/** What the browser is told, and names it by: with its address. */
export function addressName(page: EarlierPage, site: SiteConfig): string {
  return pageName({ ...page, href: shownHref(page, site) })
}

export function parsePage(name: string): EarlierPage | null {
  // No target holds a space.
  const [href = '', on] = name.split(' ')
  const target = parseTarget(href)
  if (!target || on === undefined) return target
  const page = parseTarget(on)
  return page && { ...target, on: page.pathname }
}

/** Whether a page may be the one that another was intercepted on. */
export function isBelow({ pathname, on }: EarlierPage, other: EarlierPage): boolean {
  return on === undefined && pathname === other.on
}

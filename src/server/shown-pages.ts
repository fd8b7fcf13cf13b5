import { encodeMounted } from '../wire/header.ts'
import { addressName, isBelow, pageName } from './page-name.ts'
import type { PagePlan } from './page-plan.ts'

/**
 * The names of the pages that a plan shows something of, the latest first, and of those that they were
 * intercepted on: as the header of the next request has them.
 */
export function shownPages({ site, target, on, match, earlier }: PagePlan): string {
  const pages = [{ ...target, ...(on === undefined ? {} : { on }) }, ...earlier]
  const froms = new Set([match, ...match.slots].map(({ from }) => from))
  const shown = pages.filter((page, i) => i === 0 || froms.has(pageName(page)))
  const below = new Set(shown.map((page) => pages.find((other) => isBelow(other, page))))
  const named = pages.filter((page) => shown.includes(page) || below.has(page))
  return encodeMounted([...new Set(named.map((page) => addressName(page, site)))])
}

import { tagsOfPage } from '../wire/tag.ts'
import type { PagePlan } from './page-plan.ts'

/** The tags that a page carries for its path and for its route. */
export function pageTags({ target, match }: Pick<PagePlan, 'target' | 'match'>): readonly string[] {
  return tagsOfPage(target.pathname, match.nodes.at(-1)?.node.dir ?? '')
}

import type { RouteNode } from '../routes/scan-routes.ts'
import { shownPath } from '../routes/shown-path.ts'
import { hashOfTag, tagsOfPage } from '../wire/tag.ts'
import type { PagePlan } from './page-plan.ts'

type Page = Pick<PagePlan, 'target' | 'match'>
type Part = Pick<Page['match'], 'nodes' | 'from'>
type PageTags = { tags: readonly string[]; hashes: string[] }

/** A match is that of one pathname, and is remembered for it. */
const known = new WeakMap<Page['match'], PageTags>()

/** The tags that a page carries for its path and for its route. */
export function pageTags(page: Page): readonly string[] {
  return tagsOf(page).tags
}

/** The same as the browser gets them. */
export function pageTagHashes(page: Page): string[] {
  return tagsOf(page).hashes
}

function tagsOf({ target, match }: Page): PageTags {
  const found = known.get(match)
  if (found) return found
  const parts = match.slots.filter(({ kind }) => kind !== 'none')
  const tags = [...new Set([match, ...parts].flatMap((part) => tagsOfPart(part, target)))]
  const made = { tags, hashes: tags.map(hashOfTag) }
  known.set(match, made)
  return made
}

/** A slot is part of the page at the paths that its own page has, and so is what is intercepted. */
function tagsOfPart({ nodes, from }: Part, { pathname }: Page['target']): string[] {
  const pattern = shownPath(nodes.map(({ node }) => node))
    .map(nameOf)
    .join('/')
  const tags = tagsOfPage(pathname, pattern)
  return from === undefined ? tags : [...tags, ...tagsOfPage(from.replace(/[? ].*/s, ''), pattern)]
}

/** Without the marker of a directory that intercepts. */
function nameOf({ dir }: RouteNode): string {
  return dir.slice(dir.lastIndexOf('/') + 1).replace(/^(?:\(\.+\))+/, '')
}

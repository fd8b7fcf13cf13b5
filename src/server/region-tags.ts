import type { LoadedFile } from './app.ts'

/** `null` where nothing is said. */
export type RegionTags = readonly string[] | null

type Place = {
  /** For messages. */
  id: string
  /** What the page or the layout gets. */
  props: object
}

/**
 * What a page or a layout depends on: its `export const tags`, an array of tags or a function that makes
 * one of what the component gets, which may be async. `null` for a file without it: it is rendered again
 * with every invalidation.
 * @throws TypeError for anything else
 */
export function regionTags(
  { module }: LoadedFile,
  { id, props }: Place,
): () => RegionTags | Promise<RegionTags> {
  return () => {
    const tags = module['tags']
    if (tags === undefined) return null
    const made: unknown = typeof tags === 'function' ? tags(props) : tags
    return made instanceof Promise ? made.then((value) => listed(value, id)) : listed(made, id)
  }
}

function listed(tags: unknown, id: string): string[] {
  if (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')) return tags
  throw new TypeError(
    `The export \`tags\` of the ${id.replace(':', ' ')} must be an array of strings, or a function ` +
      `that returns one, but it is ${JSON.stringify(tags) ?? typeof tags}.`,
  )
}

import type { ReactNode } from 'react'
import { findContext } from '../context/request-context.ts'
import { TrackedRegion } from '../view/tracked-region.tsx'
import { hashOfTag } from '../wire/tag.ts'
import { sealHandle } from './region-handle.ts'

export type RegionProps<props extends object> = {
  /** A component that is exported: later it is rendered alone, from its module. */
  render: (props: props) => ReactNode | Promise<ReactNode>
  /** Plain values: JSON, `undefined`, bigint, Date, Map, Set, server functions. */
  props: props
  /** What it shows depends on these, and on nothing else that changes. */
  tags: readonly string[]
}

/** What the compiler adds. */
type Compiled = { component?: string }

/**
 * A part of a page that is rendered again by itself, when a server function has invalidated one of its
 * tags by `updateTag()` or `revalidateTag()`, and the page around it, which says by `export const tags`
 * what it depends on, stays as it is.
 * @throws TypeError for properties that cannot be sent
 */
export function Region<props extends object>(region: RegionProps<props>): ReactNode {
  const { render: Component, props, tags, component }: RegionProps<props> & Compiled = region
  const context = findContext()
  if (component === undefined || !context) {
    throw new TypeError(
      'A <Region> was made without JSX, or outside of a page. Write it as an element in a Server ' +
        'Component: <Region render={PostCard} props={{ id }} tags={tags} />.',
    )
  }
  const handle = sealHandle({ component, props, tags }, context.pagePath)
  if (handle === null) {
    throw new TypeError(
      `The properties of the region of ${component} hold what cannot be kept for later: an element, ` +
        'a promise, an instance of a class or a function. Pass plain values, such as an id.',
    )
  }
  for (const tag of tags) context.dependencies.tags.add(tag)
  return (
    <TrackedRegion handle={handle} tags={tags.map(hashOfTag).join()}>
      <Component {...props} />
    </TrackedRegion>
  )
}

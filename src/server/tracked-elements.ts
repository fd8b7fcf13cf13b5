import { createElement, type ReactNode } from 'react'
import { regionsHeader } from '../wire/header.ts'
import { decodeHandles, regionIdOf } from '../wire/region-handle.ts'
import type { App } from './app.ts'
import { componentOf } from './component-of.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { once } from './once.ts'
import type { Rendering } from './plan-part.ts'
import { openHandle } from './region-handle.ts'
import { RegionRoot } from './region-root.tsx'

/** A tracked region that is rendered without the page around it. */
export type TrackedElement = {
  id: string
  tags: readonly string[]
  element: (rendering: Rendering) => ReactNode
}

/**
 * The tracked regions that a request names, for a page at `pathname`; none where it names none. `null` if
 * one of them cannot be rendered alone: its handle is not ours, is for another page or by a key that is
 * gone, or this build has no such component.
 */
export async function trackedElements(
  app: App,
  { headers }: Pick<ServerRequest, 'headers'>,
  pathname: string,
): Promise<TrackedElement[] | null> {
  const header = headerOf(headers, regionsHeader)
  if (header === undefined) return []
  const handles = decodeHandles(header)
  if (!handles) return null
  const elements = await Promise.all(handles.map((handle) => trackedElement(app, handle, pathname)))
  return elements.every((element) => element !== null) ? elements : null
}

async function trackedElement(
  app: App,
  handle: string,
  pathname: string,
): Promise<TrackedElement | null> {
  const opened = await openHandle(handle, pathname)
  const entry = opened && app.components.get(opened.component)
  if (!entry) return null
  const id = regionIdOf(handle)
  const { props, tags } = opened
  // A build's entries stay; in development every look-up makes a new one.
  const component = await once(entry, () => entry.load())
  // React renders what nobody can call, as the result of `memo()`: with the page, that is.
  if (typeof component !== 'function') return null
  const { type, isClient } = componentOf({ module: { default: component }, css: null }, entry.name)
  return {
    id,
    tags,
    element(rendering) {
      if (isClient) return createElement(type, { ...props })
      rendering.watch.expect(id)
      const own = { region: id, component: type, props: { ...props }, tags: () => tags }
      return createElement(RegionRoot, { ...own, ...rendering })
    },
  }
}

import type { App } from './app.ts'
import type { LoadedNode } from './load-route.ts'
import { listingOf, type Listing, type ListingModule } from './static-params.ts'

/** Whether the layouts and the page list the parameters of the path that was matched. */
export function pageListing(app: App, loaded: readonly LoadedNode[]): Listing | Promise<Listing> {
  const found = known.get(loaded)
  if (found) return found
  const nodes = loaded.map(({ matched }) => matched)
  const listing = listingOf(app, { nodes, modules: loaded.flatMap(modulesOf) })
  if (typeof listing === 'string') {
    known.set(loaded, listing)
    return listing
  }
  return listing.then((settled) => {
    known.set(loaded, settled)
    return settled
  })
}

/** What was loaded is of one match, which is that of one path. */
const known = new WeakMap<readonly LoadedNode[], Listing>()

function modulesOf({ files, matched }: LoadedNode, depth: number): ListingModule[] {
  return (['layout', 'page'] as const).flatMap((kind) => {
    const module = files[kind]?.module
    return module ? [{ module, depth, file: matched.node.files[kind] ?? '' }] : []
  })
}

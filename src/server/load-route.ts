import type { MatchedNode } from '../routes/match-route.ts'
import type { App, LoadedFile } from './app.ts'

/** The files of one directory on the way to a page, loaded. */
export type LoadedNode = { matched: MatchedNode; files: Readonly<Record<string, LoadedFile>> }

/** Loads what the directories of a match hold; route handlers are not part of a page. */
export function loadRoute(app: App, nodes: readonly MatchedNode[]): Promise<LoadedNode[]> {
  return Promise.all(
    nodes.map(async (matched) => {
      const kinds = Object.entries(matched.node.files).filter(([kind]) => kind !== 'route')
      const loaded = await Promise.all(
        kinds.map(async ([kind, file]) => [kind, await load(app, file)]),
      )
      return { matched, files: Object.fromEntries(loaded) as LoadedNode['files'] }
    }),
  )
}

export async function load(app: App, file: string): Promise<LoadedFile> {
  const loader = app.files[file]
  if (!loader) throw new Error(`app/${file} is in the route tree but not in the build`)
  return app.isDevelopment ? loader() : once(loader)
}

const loading = new WeakMap<() => Promise<LoadedFile>, Promise<LoadedFile>>()

/** A build's files stay as they are; one that fails to load is tried again. */
function once(loader: () => Promise<LoadedFile>): Promise<LoadedFile> {
  const known = loading.get(loader)
  if (known) return known
  const loaded = loader()
  loading.set(loader, loaded)
  loaded.catch(() => loading.delete(loader))
  return loaded
}

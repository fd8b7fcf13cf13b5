import type { MatchedNode } from '../routes/match-route.ts'
import { isImage, type MetadataFacts, type MetadataFile } from '../routes/metadata-file.ts'
import type { App, LoadedFile } from './app.ts'
import { once } from './once.ts'

/** The files of one directory on the way to a page, loaded. */
export type LoadedNode = {
  matched: MatchedNode
  files: Readonly<Record<string, LoadedFile>>
  metadata: readonly LoadedMetadata[]
}

/** The module of one that is served as it is has no exports. */
export type LoadedMetadata = {
  file: MetadataFile
  facts: MetadataFacts
  module: Record<string, unknown>
  /** Above its address. */
  basePath: string
}

/**
 * Loads what the directories of a match hold; route handlers are not part of a page. The files of a
 * build stay as they are, so a match that is remembered gets the same list each time.
 */
export function loadRoute(app: App, nodes: readonly MatchedNode[]): Promise<readonly LoadedNode[]> {
  return app.isDevelopment ? loadNodes(app, nodes) : once(nodes, () => loadNodes(app, nodes))
}

function loadNodes(app: App, nodes: readonly MatchedNode[]): Promise<LoadedNode[]> {
  return Promise.all(
    nodes.map(async (matched) => {
      const kinds = Object.entries(matched.node.files).filter(([kind]) => kind !== 'route')
      const loaded = await Promise.all(
        kinds.map(async ([kind, file]) => [kind, await load(app, file)]),
      )
      const metadata = await Promise.all(
        (matched.node.metadata ?? []).map((file) => loadMetadata(app, file)),
      )
      return { matched, files: Object.fromEntries(loaded) as LoadedNode['files'], metadata }
    }),
  )
}

async function loadMetadata(app: App, file: MetadataFile): Promise<LoadedMetadata> {
  const facts = app.metadata[file.path]
  if (!facts) throw new Error(`app/${file.path} is in the route tree but not in the build`)
  const isImageCode = facts.source === 'code' && isImage(file.kind)
  const module = isImageCode ? (await load(app, file.path)).module : {}
  return { file, facts, module, basePath: app.config.site.basePath }
}

export async function load(app: App, file: string): Promise<LoadedFile> {
  const loader = app.files[file]
  if (!loader) throw new Error(`app/${file} is in the route tree but not in the build`)
  return app.isDevelopment ? loader() : once(loader, loader)
}

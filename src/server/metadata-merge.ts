import type { FileMetadata } from './file-metadata.ts'
import { withFileIcons } from './metadata-icons.ts'
import {
  applyFiles,
  applyMetadata,
  noMetadata,
  templatesOf,
  type TitleTemplates,
} from './metadata-layer.ts'
import type { Metadata, ResolvedMetadata, Viewport } from './metadata-types.ts'

/** A layout or page on the way from the root layout to the page. */
export type MetadataSource = {
  /** The directory of the route node: a page is not titled by the template of its own directory. */
  dir: string
  module: Record<string, unknown>
  props: { params: unknown; searchParams?: unknown }
  /** Of the directory: they count for its layout and for its page. */
  files?: Promise<FileMetadata>
}

/**
 * The metadata of a page: that of each layout from the root, laid over by the next, and the page's
 * own at last. All `generateMetadata` start at once; one that awaits its `parent` waits for those
 * above it. What one of them throws is thrown.
 */
export async function mergeMetadata(sources: readonly MetadataSource[]): Promise<ResolvedMetadata> {
  const templates = templatesOf(noMetadata)
  const none = { favicon: [], icon: [], apple: [] }
  let layer = Promise.resolve<Layer>({ resolved: noMetadata, dir: '', templates, icons: none })
  for (const source of sources) layer = nextLayer(layer, source)
  const { resolved, icons } = await layer
  return withFileIcons(resolved, icons)
}

type Layer = {
  resolved: ResolvedMetadata
  dir: string
  templates: TitleTemplates
  /** Those of the directory closest to the page that has some. */
  icons: Pick<FileMetadata, 'favicon' | 'icon' | 'apple'>
}

async function nextLayer(above: Promise<Layer>, source: MetadataSource): Promise<Layer> {
  const parent = above.then(({ resolved }) => resolved)
  const parentViewport = parent.then(({ viewport }) => viewport)
  // What fails above is thrown by `above` itself: nobody has to read these two.
  void Promise.allSettled([parent, parentViewport])

  const [layer, metadata, viewport, files] = await Promise.all([
    above,
    readExport<Metadata>(source, 'metadata', parent),
    readExport<Viewport>(source, 'viewport', parentViewport),
    source.files,
  ])
  const isSameDirectory = source.dir === layer.dir
  const templates = isSameDirectory ? layer.templates : templatesOf(layer.resolved)
  const applied = applyMetadata(layer.resolved, metadata, templates)
  const resolved = files ? applyFiles(applied, metadata, files) : applied
  return {
    resolved: { ...resolved, viewport: { ...layer.resolved.viewport, ...viewport } },
    dir: source.dir,
    templates,
    icons: files ? closestIcons(layer.icons, files) : layer.icons,
  }
}

function closestIcons(
  above: Layer['icons'],
  { favicon, icon, apple }: FileMetadata,
): Layer['icons'] {
  return {
    favicon: favicon.length > 0 ? favicon : above.favicon,
    icon: icon.length > 0 ? icon : above.icon,
    apple: apple.length > 0 ? apple : above.apple,
  }
}

const generators = { metadata: 'generateMetadata', viewport: 'generateViewport' } as const

/** Does a function of the module make a part of its metadata, so that each request has its own? */
export function isGenerated(module: Record<string, unknown>): boolean {
  return Object.values(generators).some((name) => module[name] !== undefined)
}

async function readExport<fields extends object>(
  { dir, module, props }: MetadataSource,
  name: keyof typeof generators,
  parent: Promise<unknown>,
): Promise<Partial<fields>> {
  const generate = module[generators[name]]
  const value = module[name]
  for (const exported of [generate, value]) refuseClientReference(exported, { name, dir })
  const fields: unknown = typeof generate === 'function' ? await generate(props, parent) : value
  return typeof fields === 'object' && fields !== null ? fields : {}
}

function refuseClientReference(
  exported: unknown,
  { name, dir }: { name: string; dir: string },
): void {
  const isReference =
    typeof exported === 'function' &&
    '$$typeof' in exported &&
    exported.$$typeof === Symbol.for('react.client.reference')
  if (!isReference) return
  throw new TypeError(
    `The ${name} of app/${dir} is exported by a 'use client' file, where the server cannot read it: export it from a server file, and import the client component there.`,
  )
}

import type { ReactNode } from 'react'
import { fileMetadata } from './file-metadata.ts'
import type { LoadedNode } from './load-route.ts'
import { isGenerated, mergeMetadata, type MetadataSource } from './metadata-merge.ts'
import { renderMetadata } from './metadata.tsx'
import type { PageProps } from './page-props.ts'
import { RegionRoot } from './region-root.tsx'
import type { RootWatch } from './root-watch.ts'

export type HeadOptions = {
  loaded: readonly LoadedNode[]
  /** Which files of each directory say something about what is shown. */
  kinds: readonly ('layout' | 'page')[]
  props: PageProps
  /** The page's region: what `generateMetadata` throws, the page has thrown. */
  region: string
  watch: RootWatch
  /** The layouts: what they refuse has no title. */
  above: readonly string[]
}

/** The region of the merged metadata: two regions that each rendered a title would show two. */
export function headElement(options: HeadOptions): ReactNode {
  const { region, watch, above } = options
  const head = `head:${region}`
  watch.expect(head)
  const component = (): ReactNode | Promise<ReactNode> => renderHead(options)
  const report: RootWatch = {
    ...watch,
    done: () => watch.done(head),
    fail: (_, error) => watch.fail(region, error),
  }
  return <RegionRoot region={head} {...{ above, component, watch: report }} props={{}} />
}

/** What no function makes is the same for every request, as long as the files are the same. */
function renderHead(options: HeadOptions): ReactNode | Promise<ReactNode> {
  const { loaded, kinds } = options
  const key = kinds.join()
  const known = constant.get(loaded)?.get(key)
  if (known) return known
  const sources = sourcesOf(options)
  const isConstant = !sources.some(({ module }) => isGenerated(module)) && !loaded.some(makesImages)
  return mergeMetadata(sources).then((merged) => {
    const head = renderMetadata(merged)
    if (isConstant) constant.set(loaded, new Map(constant.get(loaded)).set(key, head))
    return head
  })
}

/** A directory without a layout or a page may still have files. */
function sourcesOf({ loaded, kinds, props }: HeadOptions): MetadataSource[] {
  const chain = loaded.map(({ matched }) => matched)
  return loaded.flatMap(({ files, matched, metadata }, i) => {
    const { dir } = matched.node
    const modules = kinds.flatMap((kind) => {
      const module = files[kind]?.module
      return module ? [module] : []
    })
    if (metadata.length === 0) return modules.map((module) => ({ dir, module, props }))
    const ofFiles = fileMetadata(metadata, chain.slice(0, i + 1))
    const sources = modules.length > 0 ? modules : [{}]
    return sources.map((module) => ({ dir, module, props, files: ofFiles }))
  })
}

function makesImages({ metadata }: LoadedNode): boolean {
  return metadata.some(({ module }) => module['generateImageMetadata'] !== undefined)
}

const constant = new WeakMap<readonly LoadedNode[], Map<string, ReactNode>>()

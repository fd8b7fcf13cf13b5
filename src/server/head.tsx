import type { ReactNode } from 'react'
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
  const { loaded, kinds, props, region, watch, above } = options
  const sources = loaded.flatMap(({ files, matched }) =>
    kinds.flatMap((kind) => {
      const module = files[kind]?.module
      return module ? [{ dir: matched.node.dir, module, props }] : []
    }),
  )
  const head = `head:${region}`
  watch.expect(head)
  const component = (): ReactNode | Promise<ReactNode> => renderHead({ loaded, kinds, sources })
  const report: RootWatch = {
    ...watch,
    done: () => watch.done(head),
    fail: (_, error) => watch.fail(region, error),
  }
  return <RegionRoot region={head} {...{ above, component, watch: report }} props={{}} />
}

type Head = Pick<HeadOptions, 'loaded' | 'kinds'> & { sources: MetadataSource[] }

/** What no function makes is the same for every request, as long as the files are the same. */
function renderHead({ loaded, kinds, sources }: Head): ReactNode | Promise<ReactNode> {
  const isConstant = !sources.some(({ module }) => isGenerated(module))
  const key = kinds.join()
  const known = isConstant ? constant.get(loaded)?.get(key) : undefined
  if (known) return known
  return mergeMetadata(sources).then((merged) => {
    const head = renderMetadata(merged)
    if (isConstant) constant.set(loaded, new Map(constant.get(loaded)).set(key, head))
    return head
  })
}

const constant = new WeakMap<readonly LoadedNode[], Map<string, ReactNode>>()

import type { ReactNode } from 'react'
import { paramsOf, type MatchedNode, type RouteMatch } from '../routes/match-route.ts'
import { defaultRegion, layoutRegion, pageRegion } from '../routes/region-id.ts'
import type { ChainLink } from '../wire/payload.ts'
import { slotOf } from '../wire/slot.ts'
import type { LoadedFile } from './app.ts'
import { boundariesOf, outletElement, type Boundaries } from './boundaries.tsx'
import { componentOf, type RouteComponent } from './component-of.ts'
import type { LoadedNode } from './load-route.ts'

/** What is the same in all requests for a part of a match: its files, and what they are to each other. */
export type LaidOut = {
  nodes: MatchedNode[]
  layouts: LaidLayout[]
  leaf: LaidLeaf | null
}

/** A directory with a layout, or with a boundary for what lies below: without a layout it passes that on. */
export type LaidLayout = {
  link: ChainLink
  boundaries: Boundaries | null
  file: LaidFile | null
  /** Of its own path: it stays while those below change. */
  params: () => RouteMatch['params']
  outlet: ReactNode
  /** The outlets of its slots, by their names. */
  slots: Record<string, ReactNode>
}

export type LaidLeaf = {
  kind: 'page' | 'default'
  /** Without search parameters. */
  id: string
  depth: number
  file: LaidFile
}
export type LaidFile = LoadedFile & { component: RouteComponent }

export type Part = {
  kind: RouteMatch['kind']
  loaded: readonly LoadedNode[]
  /** The first directory of the part: what is above it has regions in another one. */
  at: number
}

const known = new WeakMap<Part['loaded'], Map<string, LaidOut>>()

/** Once for each part: a build's files stay, and development loads them anew. */
export function layOut({ kind, loaded, at }: Part): LaidOut {
  const name = `${kind} ${at}`
  const parts = known.get(loaded) ?? new Map<string, LaidOut>()
  const found = parts.get(name)
  if (found) return found
  const laid = laidOut({ kind, loaded, at })
  known.set(loaded, parts.set(name, laid))
  return laid
}

function laidOut({ kind, loaded, at }: Part): LaidOut {
  const nodes = loaded.map(({ matched }) => matched)
  const isSlot = at > 0
  // A slot with nothing for the path shows its `default` file in place of all that it has.
  const from = isSlot && kind === 'none' ? loaded.length : at
  const layouts = loaded.flatMap((_, i) =>
    i < from ? [] : (layoutOf(loaded.slice(0, i + 1), at) ?? []),
  )
  const hasStand = isSlot || kind === 'default'
  const leafKind = kind === 'page' ? kind : hasStand ? 'default' : null
  const leaf = leafKind && leafOf(leafKind, nodes, loaded.at(-1))
  const depth = nodes.length - 1 - at
  return { nodes, layouts, leaf: leaf && { ...leaf, depth } }
}

function layoutOf(loaded: readonly LoadedNode[], at: number): LaidLayout | null {
  const node = loaded.at(-1)
  const boundaries = node ? boundariesOf(node) : null
  const layout = node?.files['layout']
  if (!node || (!layout && !boundaries)) return null
  const nodes = loaded.map(({ matched }) => matched)
  const id = layoutRegion(nodes)
  return {
    link: { id, depth: nodes.length - 1 - at },
    boundaries,
    file: layout ? laidFile(layout, node.matched.node.files.layout) : null,
    params: () => paramsOf(nodes),
    outlet: outletElement(id, boundaries),
    slots: slotElements(node, id, boundaries),
  }
}

function slotElements(
  { matched }: LoadedNode,
  id: string,
  boundaries: Boundaries | null,
): LaidLayout['slots'] {
  const slots: LaidLayout['slots'] = {}
  for (const { segment } of matched.node.children) {
    if (segment.kind !== 'slot') continue
    slots[segment.slot] = outletElement(slotOf(id, segment.slot), boundaries)
  }
  return slots
}

function leafOf(
  kind: LaidLeaf['kind'],
  nodes: readonly MatchedNode[],
  node: LoadedNode | undefined,
): Omit<LaidLeaf, 'depth'> | null {
  const found = node?.files[kind]
  if (!found) return null
  const id = kind === 'default' ? defaultRegion(nodes) : pageRegion(nodes, '')
  return { kind, id, file: laidFile(found, node.matched.node.files[kind]) }
}

function laidFile(file: LoadedFile, name: string | undefined): LaidFile {
  return { ...file, component: componentOf(file, name) }
}

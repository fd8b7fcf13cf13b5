import type { ReactNode } from 'react'
import { Outlet, TemplateSlot } from '../view/outlet.tsx'
import type { ErrorView } from '../view/router-context.ts'
import type { Interruption } from '../wire/control-flow.ts'
import { componentOf } from './component-of.ts'
import type { LoadedNode } from './load-route.ts'

/** The files of a directory that stand in for what lies below it, as elements ready to render. */
export type Boundaries = {
  loading?: ReactNode
  template?: ReactNode
  error?: ErrorView
  interruptions: Partial<Record<Interruption, ReactNode>>
}

/** `null` for a directory that has no such file. */
export function boundariesOf(node: LoadedNode): Boundaries | null {
  const loading = elementOf(node, 'loading')
  const template = elementOf(node, 'template', <TemplateSlot />)
  const error = errorComponent(node, 'error')
  const interruptions = interruptionsOf(node)
  if (!loading && !template && !error && Object.keys(interruptions).length === 0) return null
  return {
    ...(loading ? { loading } : {}),
    ...(template ? { template } : {}),
    ...(error ? { error } : {}),
    interruptions,
  }
}

/** What a layout gets as `children`: the region below it, inside the boundaries of its directory. */
export function outletElement(region: string, boundaries: Boundaries | null): ReactNode {
  if (!boundaries) return <Outlet of={region} />
  const { interruptions, ...rest } = boundaries
  return <Outlet of={region} {...rest} {...interruptions} />
}

function interruptionsOf(node: LoadedNode): Boundaries['interruptions'] {
  const interruptions: Boundaries['interruptions'] = {}
  for (const kind of ['not-found', 'forbidden', 'unauthorized'] as const) {
    const element = elementOf(node, kind)
    if (element) interruptions[kind] = element
  }
  return interruptions
}

function elementOf({ files, matched }: LoadedNode, kind: string, children?: ReactNode): ReactNode {
  const file = files[kind]
  if (!file) return null
  const { type: Component } = componentOf(file, pathOf(matched, kind))
  return (
    <>
      {file.css}
      <Component>{children}</Component>
    </>
  )
}

/** @throws if the file is not a Client Component: it gets a function and must handle events */
export function errorComponent(
  { files, matched }: LoadedNode,
  kind: 'error' | 'global-error',
): ErrorView | null {
  const file = files[kind]
  if (!file) return null
  const { type, isClient } = componentOf(file, pathOf(matched, kind))
  if (isClient) return type
  throw new TypeError(
    `app/${pathOf(matched, kind)} must be a Client Component: add 'use client' as its first line.`,
  )
}

function pathOf(matched: LoadedNode['matched'], kind: string): string {
  const files: Partial<Record<string, string>> = matched.node.files
  return files[kind] ?? kind
}

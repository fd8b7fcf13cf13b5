import type { Readable } from 'node:stream'
import { createFromNodeStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { isValidElement, type ReactNode } from 'react'
import { serverManifest } from '../../src/flight/function-table.ts'
import { moduleEntry } from '../../src/flight/modules.ts'
import type { DocumentPayload } from '../../src/wire/payload.ts'

/** Reads a Flight stream the way a browser does, except that client components stay references. */
export async function readPayload(stream: Readable): Promise<DocumentPayload<ReactNode>> {
  const payload = createFromNodeStream<DocumentPayload<ReactNode>>(stream, {
    moduleMap: anyKey((id) => anyKey((name) => moduleEntry('client', `${id}#${name}`))),
    serverModuleMap: serverManifest,
  })
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  stream.on('close', resolve)
  const read = await payload
  await ended
  return read
}

function anyKey(entry: (key: string) => object): object {
  return new Proxy({}, { get: (_, key) => (typeof key === 'string' ? entry(key) : null) })
}

/** All text below a node, that of boundaries which are not shown left out. @throws what it threw */
export function textOf(node: unknown): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map(textOf).join('')
  if (isValidElement<{ children?: unknown; digest?: string }>(node)) {
    const { children, digest } = node.props
    return (digest === undefined ? '' : `error ${digest}`) + textOf(children)
  }
  if (isLazy(node)) return textOf(resolveLazy(node))
  return ''
}

/** React's name for a node that came in a row of its own. */
type Lazy = Record<'_init' | '_payload', unknown>

function isLazy(node: unknown): node is Lazy {
  return typeof node === 'object' && node !== null && '_init' in node
}

function resolveLazy({ ['_init']: init, ['_payload']: payload }: Lazy): unknown {
  return (init as (payload: unknown) => unknown)(payload)
}

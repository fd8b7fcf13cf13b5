/**
 * React's Flight asks its bundler for modules through a global, which plugin-rsc renames to
 * `__vite_rsc_require__`. Its SSR half installs a router by the same prefix when it is loaded, so
 * both halves find their modules in one process.
 */
declare global {
  var __vite_rsc_require__: ((id: string) => unknown) | undefined
  var __vite_rsc_server_require__: ((id: string) => unknown) | undefined
  var __vite_rsc_client_require__: ((id: string) => unknown) | undefined
}

const prefix = '$$server:'
const kinds = new Map<string, (key: string) => unknown>()

/** Says what stands behind the entries of a kind; synchronous, so it must be loaded before. */
export function provideModules(kind: string, provide: (key: string) => unknown): void {
  kinds.set(kind, provide)
}

/**
 * What a manifest of React's decoder holds for `key`. The name `*` makes React take what the
 * provider returns as the export itself.
 */
export function moduleEntry(kind: string, key: string): object {
  return { id: `${prefix}${kind}:${key}`, chunks: [], name: '*' }
}

globalThis.__vite_rsc_server_require__ = (id) => {
  const end = id.indexOf(':')
  return kinds.get(id.slice(0, end))?.(id.slice(end + 1))
}
globalThis.__vite_rsc_require__ ??= (id) =>
  id.startsWith(prefix)
    ? globalThis.__vite_rsc_server_require__?.(id.slice(prefix.length))
    : globalThis.__vite_rsc_client_require__?.(id)

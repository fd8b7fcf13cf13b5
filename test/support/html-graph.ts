import type { Plugin } from 'vite'

const modules: Record<string, string> = {
  'virtual:vite-rsc/assets-manifest':
    "export default { clientEntryUrl: '/entry.js', clientReferenceDeps: {} }",
  'virtual:vite-rsc/client-references':
    "export default { outlet: () => import('/src/view/outlet.tsx') }",
}

/** What plugin-rsc generates for the graph that renders HTML: here, with one client module. */
export function htmlGraph(): Plugin {
  return {
    name: 'volley:test-html-graph',
    config: () => ({ define: { 'import.meta.env.__vite_rsc_build__': 'true' } }),
    resolveId: (id) => (id in modules ? `\0${id}` : null),
    load: (id) => modules[id.slice(1)] ?? null,
  }
}

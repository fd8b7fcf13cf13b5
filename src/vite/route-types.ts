import { routePath } from '../routes/route-path.ts'
import type { FileKind } from '../routes/route-file.ts'
import type { RouteNode } from '../routes/scan-routes.ts'

/**
 * The routes of an app as TypeScript declares them, for the types of `src/routes/app-routes.ts`:
 *
 *     interface VolleyAppRoutes {
 *       pages: {
 *         '/posts/[id]': true
 *       }
 *       …
 *     }
 */
export function routeTypes(root: RouteNode, options: { typedRoutes: boolean }): string {
  const layouts = Map.groupBy(nodesWith(root, 'layout'), ({ dir }) => routePath(dir))
  const slots = Array.from(layouts, ([path, nodes]) => [path, slotsOf(nodes)] as const)
  return [
    'interface VolleyAppRoutes {',
    ...property('pages', pathsWith(root, 'page')),
    ...property('handlers', pathsWith(root, 'route')),
    ...property('layouts', slots),
    ...(options.typedRoutes ? ['  typed: true'] : []),
    '}',
    '',
  ].join('\n')
}

type Entry = readonly [path: string, type: string]

function property(name: string, entries: readonly Entry[]): string[] {
  if (entries.length === 0) return [`  ${name}: {}`]
  const lines = new Set(entries.map(([path, type]) => `    ${quoted(path)}: ${type}`))
  return [`  ${name}: {`, ...[...lines].toSorted(), '  }']
}

function pathsWith(root: RouteNode, kind: FileKind): Entry[] {
  return nodesWith(root, kind).map(({ dir }) => [routePath(dir), 'true'])
}

function nodesWith(node: RouteNode, kind: FileKind): RouteNode[] {
  const own = node.files[kind] === undefined ? [] : [node]
  return [...own, ...node.children.flatMap((child) => nodesWith(child, kind))]
}

/** Several layouts may have one path, by groups. */
function slotsOf(layouts: readonly RouteNode[]): string {
  const names = layouts.flatMap(({ children }) =>
    children.flatMap(({ segment }) => (segment.kind === 'slot' ? [quoted(segment.slot)] : [])),
  )
  return [...new Set(names)].toSorted().join(' | ') || 'never'
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}

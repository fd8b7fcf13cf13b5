import type { MagicString } from 'magic-string'
import { nameOf, type Identifier, type Node } from './ast.ts'
import { enclosingNames, nameOfFunction } from './function-name.ts'
import type { Scopes } from './scopes.ts'

export type CachedCall = { callee: Identifier; id: string }

type CallOptions = { path: string; code: string; hash: (text: string) => string }

const modules = new Set(['volley/cache', 'next/cache'])
const functions = new Set(['cached', 'unstable_cache'])

/** Whether a text may call `cached()` or `unstable_cache()`. It spares other modules the parser. */
export function mayCallCached(code: string): boolean {
  return /['"](?:volley|next)\/cache['"]/.test(code) && /\b(?:cached|unstable_cache)\b/.test(code)
}

/**
 * The calls of `cached()` in a module, under whatever name it imports that, and what each is known
 * by: where it stands, and its source. So no two calls share what they keep, however equal they are.
 */
export function findCachedCalls(scopes: Scopes, { path, code, hash }: CallOptions): CachedCall[] {
  const seen = new Map<string, number>()
  return scopes.references.flatMap(({ at, binding }) => {
    const call = scopes.parents.get(at)
    if (call?.type !== 'CallExpression' || call.callee !== at) return []
    const imported = importedName(binding.declaration, at)
    if (!functions.has(imported)) return []
    const own = nameOfFunction(call, scopes.parents) || imported
    const name = [...enclosingNames(call, scopes.parents), own].join('.')
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const place = count === 1 ? name : `${name}~${count}`
    return [{ callee: at, id: `${path}#${place}:${hash(code.slice(call.start, call.end))}` }]
  })
}

/** `cached(load, options)` becomes `$$c.at(cached, "id")(load, options)`. */
export function identifyCachedCalls(output: MagicString, calls: readonly CachedCall[]): void {
  for (const { callee, id } of calls) {
    output.update(callee.start, callee.end, `$$c.at(${callee.name}, ${JSON.stringify(id)})`)
  }
}

/** The name under which the other module exports what is imported as `local`; '' if it is none of ours. */
function importedName(declaration: Node, { name }: Identifier): string {
  if (declaration.type !== 'ImportDeclaration' || !modules.has(declaration.source.value)) {
    return ''
  }
  const specifier = declaration.specifiers.find(({ local }) => local.name === name)
  return specifier?.type === 'ImportSpecifier' ? nameOf(specifier.imported) : ''
}

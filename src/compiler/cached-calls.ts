import type { MagicString } from 'magic-string'
import { nameOf, type Identifier, type Node } from './ast.ts'
import { callCaptures } from './call-captures.ts'
import { enclosingNames, nameOfFunction } from './function-name.ts'
import type { Scopes } from './scopes.ts'

export type CachedCall = {
  callee: Identifier
  id: string
  /** Expressions for what the function uses of those around it. */
  captures: string[]
}

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
    const id = `${path}#${place}:${hash(code.slice(call.start, call.end))}`
    return [{ callee: at, id, captures: callCaptures(call, scopes) }]
  })
}

/**
 * `cached(load, options)` becomes `$$c.at(cached, "id")(load, options)`. Where the function captures
 * variables, their values are asked for at each call: some have none yet where the function is made.
 *
 *     cached(async () => db.orders(user.id))
 *
 * becomes
 *
 *     $$c.at(cached, "id", () => [user == null ? user : { id: user.id }])(async () => …)
 */
export function identifyCachedCalls(output: MagicString, calls: readonly CachedCall[]): void {
  for (const { callee, id, captures } of calls) {
    const captured = captures.length === 0 ? '' : `, () => [${captures.join(', ')}]`
    const text = `$$c.at(${callee.name}, ${JSON.stringify(id)}${captured})`
    output.update(callee.start, callee.end, text)
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

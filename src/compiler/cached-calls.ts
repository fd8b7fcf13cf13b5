import type { MagicString } from 'magic-string'
import { nameOf, type Node, type NodeOf, type Parse } from './ast.ts'
import { callCaptures } from './call-captures.ts'
import { CompileError } from './compile-error.ts'
import { enclosingNames, nameOfFunction } from './function-name.ts'
import { parseSource } from './parse-source.ts'
import { analyzeScopes, type Reference, type Scopes } from './scopes.ts'

export type CachedCall = {
  callee: Node
  id: string
  /** An expression for what the function uses of those around it; '' if that is nothing. */
  captured: string
}

type CallOptions = {
  path: string
  code: string
  hash: (text: string) => string
  parse: Parse
  /** What the author wrote, with types and JSX: messages quote it. */
  original?: string
}

const modules = new Set(['volley/cache', 'next/cache'])
const functions = new Set(['cached', 'unstable_cache'])

/** Whether a text may call `cached()` or `unstable_cache()`. It spares other modules the parser. */
export function mayCallCached(code: string): boolean {
  return /['"](?:volley|next)\/cache['"]/.test(code) && /\b(?:cached|unstable_cache)\b/.test(code)
}

/**
 * The calls of `cached()` in a module, under whatever name it imports that, and what each is known
 * by: where it stands, and its source. So no two calls share what they keep, however equal they are.
 * @throws CompileError for one whose function uses what cannot be read at the call
 */
export function findCachedCalls(scopes: Scopes, options: CallOptions): CachedCall[] {
  const { path, code, hash } = options
  const seen = new Map<string, number>()
  return callsIn(scopes).map(({ call, imported }, index) => {
    const own = nameOfFunction(call, scopes.parents) || imported
    const name = [...enclosingNames(call, scopes.parents), own].join('.')
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const place = count === 1 ? name : `${name}~${count}`
    const id = `${path}#${place}:${hash(code.slice(call.start, call.end))}`
    const { captured, hidden } = callCaptures(call, scopes)
    if (hidden[0] !== undefined) throw hiddenCapture(hidden[0], { index, call, imported, options })
    return { callee: call.callee, id, captured }
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
  for (const { callee, id, captured } of calls) {
    const last = captured === '' ? '' : `, ${captured}`
    output.appendLeft(callee.start, '$$c.at(')
    output.appendRight(callee.end, `, ${JSON.stringify(id)}${last})`)
  }
}

type Call = { call: NodeOf<'CallExpression'>; imported: string }

function callsIn({ references, parents }: Scopes): Call[] {
  return references.flatMap((reference) => {
    const { callee, imported } = importedBy(reference, parents)
    const call = parents.get(callee)
    if (call?.type !== 'CallExpression' || call.callee !== callee) return []
    return functions.has(imported) ? [{ call, imported }] : []
  })
}

/** What a use of an import is of the other module, `c.cached` of a namespace too; '' if it is none of ours. */
function importedBy(
  { at, binding: { declaration } }: Reference,
  parents: Scopes['parents'],
): { callee: Node; imported: string } {
  const nothing = { callee: at, imported: '' }
  if (declaration.type !== 'ImportDeclaration' || !modules.has(declaration.source.value)) {
    return nothing
  }
  const specifier = declaration.specifiers.find(({ local }) => local.name === at.name)
  if (specifier?.type === 'ImportSpecifier') {
    return { callee: at, imported: nameOf(specifier.imported) }
  }
  const member = parents.get(at)
  if (specifier?.type !== 'ImportNamespaceSpecifier' || member?.type !== 'MemberExpression') {
    return nothing
  }
  const isSpelt = !member.computed || member.property.type === 'Literal'
  return { callee: member, imported: isSpelt ? nameOf(member.property) : '' }
}

type Place = Call & { index: number; options: CallOptions }

function hiddenCapture(
  variable: string,
  { index, call, imported, options: { path, code, original, parse } }: Place,
): CompileError {
  // Other transforms keep the order of the calls, so their place among them finds them.
  const written = original === undefined ? null : parseSource({ path, code: original }, { parse })
  const found = written && callsIn(analyzeScopes(written))[index]?.call
  const source = { path, code: found && original !== undefined ? original : code }
  return new CompileError(source, {
    code: 'hidden-capture',
    text: `What ${imported}() is given uses ${variable}, which cannot be read here, so it would be no part of the key.`,
    fix: `If another ${variable} hides it, give one of the two another name. Else call ${imported}() where ${variable} is declared, or pass ${variable} as an argument.`,
    at: found ?? call,
  })
}

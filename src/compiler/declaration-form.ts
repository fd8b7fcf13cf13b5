import { contains, type Identifier, type Node } from './ast.ts'
import { functionOf, type InlineFunction } from './inline-functions.ts'
import { isOutside, type Binding } from './scope.ts'
import type { Scopes } from './scopes.ts'

/**
 * What stands for a declared server function where its declaration was:
 *
 * - `name`: it captures nothing, so its uses say its hoisted name.
 * - `variable`: `let save = …` in its place. Captured variables have the values of that moment.
 * - `function`: `function $$lazy_0_save() { … }`, which its uses call. Captured variables have the
 *   values of the first use. It serves where the function is used above its declaration, or where
 *   what it captures is declared below.
 */
export type DeclarationForm = 'name' | 'variable' | 'function'

export type References = {
  formOf: (fn: InlineFunction) => DeclarationForm
  /** What the use of a variable becomes; `null` if it stays as it is. */
  replacement: (binding: Binding, at: Node) => string | null
}

export function lazyName(fn: InlineFunction): string {
  return `$$lazy${fn.hoisted.slice('$$hoist'.length)}`
}

export function planReferences(functions: readonly InlineFunction[], scopes: Scopes): References {
  const lazy = lazyFunctions(functions, scopes)
  const formOf = (fn: InlineFunction): DeclarationForm => {
    if (fn.captures.length === 0) return 'name'
    return lazy.has(fn) ? 'function' : 'variable'
  }

  /** Whether `at` is in a server function that captures the variable, and so has its own copy. */
  const isCaptured = (binding: Binding, at: Node): boolean =>
    functions.some((fn) => {
      if (fn.node === at || fn.own.includes(binding) || !contains(fn.node, at)) return false
      const inner = scopes.scopeOf.get(fn.node)
      return inner !== undefined && isOutside(binding.scope, inner)
    })

  const replacement = (binding: Binding, at: Node): string | null => {
    const fn = functionOf(binding, functions)
    if (!fn || binding.scope === scopes.module) return null
    const captured = isCaptured(binding, at)
    const inside = contains(fn.node, at)
    if (fn.captures.length > 0) {
      return inside || captured || !lazy.has(fn) ? null : `${lazyName(fn)}()`
    }
    if (captured) return fn.hoisted
    // Inside, a name that the function has of its own still stands for it.
    if (inside) return binding.declaration === fn.node ? null : fn.hoisted
    return fn.site.kind === 'declaration' ? fn.hoisted : null
  }
  return { formOf, replacement }
}

function lazyFunctions(
  functions: readonly InlineFunction[],
  scopes: Scopes,
): ReadonlySet<InlineFunction> {
  const lazy = new Set<InlineFunction>()
  const mustWait = (fn: InlineFunction): boolean => {
    if (fn.site.kind !== 'declaration' || fn.site.binding.assigned) return false
    const { binding } = fn.site
    return (
      binding.references.some((at) => isUsedEarly(at, { fn, binding, scopes })) ||
      fn.captures.some((capture) => isMadeLater(capture.binding, fn, { functions, lazy }))
    )
  }
  let changed = true
  while (changed) {
    const waiting = functions.filter((fn) => !lazy.has(fn) && mustWait(fn))
    for (const fn of waiting) lazy.add(fn)
    changed = waiting.length > 0
  }
  return lazy
}

/** A use above the declaration, or in a function that may be called there. */
function isUsedEarly(
  at: Identifier,
  { fn, binding, scopes }: { fn: InlineFunction; binding: Binding; scopes: Scopes },
): boolean {
  if (contains(fn.node, at)) return false
  if (at.start < fn.node.start) return true
  for (let outer = scopes.parents.get(at); outer; outer = scopes.parents.get(outer)) {
    if (outer === binding.scope.node) return false
    if (outer.type === 'FunctionDeclaration') return true
  }
  return false
}

/** Whether a captured variable has no value yet where the function is declared. */
function isMadeLater(
  binding: Binding,
  fn: InlineFunction,
  { functions, lazy }: { functions: readonly InlineFunction[]; lazy: ReadonlySet<InlineFunction> },
): boolean {
  const captured = functionOf(binding, functions)
  if (captured && lazy.has(captured)) return true
  if (binding.kind === 'parameter') return false
  return (captured !== undefined || binding.kind !== 'function') && binding.at.start > fn.node.start
}

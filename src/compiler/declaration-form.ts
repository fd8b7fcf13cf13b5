import { contains, type Identifier, type Node } from './ast.ts'
import { functionOf, type InlineFunction } from './inline-function.ts'
import { isOutside, type Binding } from './scope.ts'
import type { Scopes } from './scopes.ts'

/**
 * What stands for a declared function where its declaration was:
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
    const isVariable = fn.site.kind === 'declaration' && fn.site.binding.assigned
    if (fn.captures.length === 0 && !isVariable) return 'name'
    return lazy.has(fn) ? 'function' : 'variable'
  }

  /** Whether `at` is in a hoisted function that the variable is outside of. */
  const isOutsideOfFunction = (binding: Binding, at: Node): boolean =>
    functions.some((fn) => {
      const inner = scopes.scopeOf.get(fn.node)
      if (fn.node === at || !contains(fn.node, at) || !inner) return false
      return isOutside(binding.scope, inner)
    })

  const replacement = (binding: Binding, at: Node): string | null => {
    const fn = functionOf(binding, functions)
    if (!fn || binding.scope === scopes.module) return null
    const isHoisted = isOutsideOfFunction(binding, at)
    if (fn.captures.length > 0) {
      // Hoisted functions have what they capture, and themselves, under the names of the source.
      return isHoisted || !lazy.has(fn) ? null : `${lazyName(fn)}()`
    }
    return isHoisted || fn.site.kind === 'declaration' ? fn.hoisted : null
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
  return binding.at.start > fn.node.start
}

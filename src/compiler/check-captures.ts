import { contains, isFunction, type Node } from './ast.ts'
import type { Problem } from './compile-error.ts'
import { functionOf, type InlineFunction } from './inline-function.ts'
import { lookUp, type Binding } from './scope.ts'
import type { Scopes } from './scopes.ts'

/** What is wrong with what a function captures; its place is the function's. */
export type CaptureProblem = { fn: InlineFunction; problem: Omit<Problem, 'at'> }

/** Captures that cannot be had: of a function that captures it back, of a later or a hidden variable. */
export function findCaptureProblem(
  functions: readonly InlineFunction[],
  scopes: Scopes,
): CaptureProblem | null {
  for (const fn of functions) {
    const name = fn.name.split('.').at(-1) ?? ''
    const isCircle = fn.captures.length === 0 && fn.rebound.length > 0
    if (isCircle || capturesItself(fn, functions)) return { fn, problem: circular(name) }
    const early = fn.captures.find(({ binding }) => isTooEarly(binding, fn, scopes))
    if (early) return { fn, problem: tooEarly(name, early.binding.name) }
    const hidden = fn.captures.find(({ binding }) => isHidden(binding, fn, scopes))
    if (hidden) return { fn, problem: hiddenCapture(name, hidden.binding.name) }
  }
  return null
}

function circular(name: string): Omit<Problem, 'at'> {
  return {
    code: 'circular-capture',
    text: `${name} captures a server function that captures ${name}, so neither can be sealed first.`,
    fix: 'Pass what they share as an argument, so that one of them captures nothing.',
  }
}

function tooEarly(name: string, variable: string): Omit<Problem, 'at'> {
  return {
    code: 'captured-too-early',
    text: `${name} captures ${variable}, which has no value yet where ${name} is made.`,
    fix: `Declare ${variable} above it, or make it a declaration: async function ${name}() { … }.`,
  }
}

function hiddenCapture(name: string, variable: string): Omit<Problem, 'at'> {
  return {
    code: 'hidden-capture',
    text: `${name} uses a cached function that captures ${variable}, but another ${variable} hides that one from ${name}.`,
    fix: 'Give one of the two another name.',
  }
}

function capturesItself(fn: InlineFunction, functions: readonly InlineFunction[]): boolean {
  const seen = new Set<InlineFunction>()
  const next = [fn]
  for (const current of next) {
    for (const { binding } of current.captures) {
      const captured = functionOf(binding, functions)
      if (captured === fn) return true
      if (!captured || seen.has(captured)) continue
      seen.add(captured)
      next.push(captured)
    }
  }
  return false
}

/**
 * Whether a variable is declared further down in the same run of code, or by the very statement
 * that the function is part of. A declared function waits until it is used.
 */
function isTooEarly(binding: Binding, fn: InlineFunction, { parents }: Scopes): boolean {
  if (fn.site.kind === 'declaration' || !['const', 'let', 'class'].includes(binding.kind))
    return false
  if (runsLater(fn.node, binding, parents)) return false
  const { declaration } = binding
  if (declaration.type === 'VariableDeclarator' && contains(declaration, fn.node)) return true
  return binding.at.start > fn.node.start
}

/** Whether a function or a class field is between the variable's scope and the function. */
function runsLater(node: Node, binding: Binding, parents: ReadonlyMap<Node, Node | null>): boolean {
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) {
    if (outer === binding.scope.node) return false
    if (isFunction(outer)) return true
    if (outer.type === 'PropertyDefinition' && !outer.static) return true
  }
  return false
}

/** Whether a variable of a cached function is out of reach where a function that uses it is made. */
function isHidden(binding: Binding, fn: InlineFunction, { scopeOf }: Scopes): boolean {
  return lookUp(binding.name, scopeOf.get(fn.node)?.parent ?? null) !== binding
}

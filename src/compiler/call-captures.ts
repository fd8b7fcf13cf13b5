import {
  contains,
  isFunction,
  statementsOf,
  type FunctionNode,
  type Node,
  type NodeOf,
} from './ast.ts'
import { addCapture, captureExpression, capturesOf, type Capture } from './captures.ts'
import { functionDirective } from './directives.ts'
import { lookUp, type Binding, type Scope } from './scope.ts'
import type { Scopes } from './scopes.ts'

/**
 * What the function that a call is given uses of the functions around the call, as expressions that
 * stand for it there: for `cached(async () => db.orders(user.id))` it is
 *
 *     user == null ? user : { id: user.id }
 *
 * Functions that it uses are looked through: what counts is what they use.
 */
export function callCaptures(call: NodeOf<'CallExpression'>, scopes: Scopes): string[] {
  const moved = movedAround(call, scopes)
  // What others use does not follow a function that is moved to the top of its module.
  const isSeen = (fn: FunctionNode): boolean => !moved || contains(moved, fn)
  const fn = functionGiven(call.arguments[0], scopes)
  if (!fn || !isSeen(fn)) return []
  const captures = new Map<Binding, Capture>()
  const around = scopeAround(call, scopes)
  const seen = new Set<FunctionNode>()
  const add = (user: FunctionNode): void => {
    seen.add(user)
    for (const capture of capturesOf(user, scopes)) {
      const { binding } = capture
      const other = functionOf(binding)
      if (other && isSeen(other) && !hasDirective(other) && !seen.has(other)) add(other)
      const isValue = !other && binding.kind !== 'class'
      if (isValue && lookUp(binding.name, around) === binding) addCapture(captures, capture)
    }
  }
  add(fn)
  return Array.from(captures.values(), ({ binding, paths }) =>
    captureExpression(binding.name, paths),
  )
}

/** The function that an argument is, written in its place or before. */
function functionGiven(argument: Node | undefined, { references }: Scopes): FunctionNode | null {
  if (!argument || isFunction(argument)) return argument ?? null
  const use = references.find(({ at }) => at === argument)
  return use ? functionOf(use.binding) : null
}

/** The function that a variable is declared as. */
function functionOf({ declaration, kind }: Binding): FunctionNode | null {
  if (kind === 'function' && isFunction(declaration)) return declaration
  if (declaration.type !== 'VariableDeclarator' || declaration.id.type !== 'Identifier') return null
  return declaration.init && isFunction(declaration.init) ? declaration.init : null
}

function scopeAround(node: Node, { parents, scopeOf, module }: Scopes): Scope {
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) {
    const scope = scopeOf.get(outer)
    if (scope) return scope
  }
  return module
}

function movedAround(node: Node, { parents }: Scopes): FunctionNode | null {
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) {
    if (isFunction(outer) && hasDirective(outer)) return outer
  }
  return null
}

function hasDirective(node: FunctionNode): boolean {
  return functionDirective(statementsOf(node)) !== null
}

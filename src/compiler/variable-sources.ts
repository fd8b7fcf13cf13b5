import { contains, isFunction, type Node } from './ast.ts'
import type { Binding } from './scope.ts'
import type { Scopes } from './scopes.ts'

/** The declared function or class that a variable stands for, whenever it is read; `null` for a value. */
export function definitionOf({ declaration, kind, assigned }: Binding): Node | null {
  if (kind === 'function' || kind === 'class') return declaration
  if (assigned || declaration.type !== 'VariableDeclarator') return null
  const { id, init } = declaration
  if (id.type !== 'Identifier' || !init) return null
  return isFunction(init) ? init : null
}

/**
 * The parts of a module that say what a variable or a property of it becomes: what it is declared
 * as, and what is assigned to it.
 */
export function sourcesOf(binding: Binding, { parents }: Scopes): Node[] {
  return [
    ...(declaredAs(binding, parents) ?? []),
    ...binding.references.flatMap((at) => assignedTo(at, parents) ?? []),
  ]
}

type Parents = Scopes['parents']

function declaredAs({ declaration, kind, at }: Binding, parents: Parents): Node[] | null {
  if (kind === 'class' || kind === 'function') return [declaration]
  // Parameters have defaults.
  if (isFunction(declaration)) return declaration.params.filter((param) => contains(param, at))
  if (declaration.type !== 'VariableDeclarator') return null
  const statement = parents.get(declaration)
  const loop = statement && parents.get(statement)
  const isItem = loop?.type === 'ForOfStatement' && loop.left === statement
  return isItem ? [declaration, loop.right] : [declaration]
}

/** What is assigned where a variable is used, be it to a property or a part: `api.load = …`. */
function assignedTo(at: Node, parents: Parents): Node | null {
  let part = at
  for (let outer = parents.get(part); outer; outer = parents.get(outer)) {
    if (outer.type === 'AssignmentExpression' || outer.type === 'ForOfStatement') {
      return outer.left === part ? outer.right : null
    }
    if (isFunction(outer) || outer.type.endsWith('Statement')) return null
    part = outer
  }
  return null
}

import { isFunction, walkTree } from './ast.ts'
import type { FunctionNode, Node, NodeOf, Program } from './ast.ts'
import { capturesOf, type Capture } from './captures.ts'
import { isInlineServerFunction } from './directives.ts'
import { enclosingNames, nameOfFunction } from './function-name.ts'
import type { Binding, Scope } from './scope.ts'
import type { Scopes } from './scopes.ts'

/** A function with a directive of its own. */
export type InlineFunction = {
  node: FunctionNode
  /** Its own name behind those of the functions around it: `Page.save`. */
  name: string
  /** The name that the compiled module exports it under: `$$hoist_0_save`. */
  hoisted: string
  site: Site
  /** The variables that stand for the function itself: `save` for `const save = async () => …`. */
  own: Binding[]
  /** Without other server functions that capture nothing: those are hoisted names. */
  captures: Capture[]
}

/** Where a function stands, which decides what is left in its place. */
export type Site =
  | { kind: 'expression' }
  | { kind: 'method'; method: NodeOf<'Property'> | NodeOf<'MethodDefinition'> }
  /** A declaration in a function or block; it can be used above its place. */
  | { kind: 'declaration'; binding: Binding }
  /** A declaration of the module, which need not move. */
  | { kind: 'module-declaration'; id: NodeOf<'Identifier'> }
  | { kind: 'default-export' }

/**
 * The inline server functions of a module, in the order of the source. `exported` are the values
 * of a `'use server'` file's exports: what they are is said by the file already.
 */
export function findInlineFunctions(
  program: Program,
  scopes: Scopes,
  exported: ReadonlySet<Node>,
): InlineFunction[] {
  const functions: InlineFunction[] = []
  walkTree(program, {
    enter(node) {
      if (!isFunction(node) || exported.has(node) || !isInlineServerFunction(node)) return
      const { parents } = scopes
      const own = nameOfFunction(node, parents) || 'anonymous'
      functions.push({
        node,
        name: [...enclosingNames(node, parents), own].join('.'),
        hoisted: `$$hoist_${functions.length}_${own.replaceAll(/[^\p{ID_Continue}$]/gu, '_')}`,
        site: siteOf(node, scopes),
        own: ownBindings(node, scopes),
        captures: capturesOf(node, scopes),
      })
    },
  })
  dropHoistedNames(functions)
  return functions
}

/** The function that a variable stands for, whenever it is read. */
export function functionOf(
  binding: Binding,
  functions: readonly InlineFunction[],
): InlineFunction | undefined {
  return binding.assigned ? undefined : functions.find(({ own }) => own.includes(binding))
}

function siteOf(node: FunctionNode, scopes: Scopes): Site {
  if (node.type === 'FunctionDeclaration') return siteOfDeclaration(node, scopes)
  const parent = scopes.parents.get(node)
  const isMethod =
    parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && parent.method)
  return isMethod && parent.value === node
    ? { kind: 'method', method: parent }
    : { kind: 'expression' }
}

function siteOfDeclaration(node: FunctionNode, { scopeOf, module }: Scopes): Site {
  if (!node.id) return { kind: 'default-export' }
  const binding = scopeOf.get(node)?.parent?.bindings.get(node.id.name)
  if (!binding || binding.scope === module) return { kind: 'module-declaration', id: node.id }
  return { kind: 'declaration', binding }
}

function ownBindings(node: FunctionNode, { parents, scopeOf }: Scopes): Binding[] {
  const parent = parents.get(node)
  const own: Binding[] = []
  for (let scope: Scope | null = scopeOf.get(node) ?? null; scope; scope = scope.parent) {
    for (const binding of scope.bindings.values()) {
      const declares = binding.declaration === node && binding.kind === 'function'
      const isValue = binding.declaration === parent && isInitialValue(binding, node)
      if (declares || isValue) own.push(binding)
    }
  }
  return own
}

/** Whether a variable is declared as just this function: `const save = async () => …` */
function isInitialValue({ declaration }: Binding, node: FunctionNode): boolean {
  if (declaration.type !== 'VariableDeclarator') return false
  return declaration.id.type === 'Identifier' && declaration.init === node
}

/**
 * Drops the captures that are server functions without captures of their own, and the function
 * itself: both are there wherever it runs. All functions count as free of captures until one
 * shows that they are not, so functions that call each other stay free.
 */
function dropHoistedNames(functions: readonly InlineFunction[]): void {
  const free = new Set(functions)
  const needed = (fn: InlineFunction): Capture[] =>
    fn.captures.filter(({ binding }) => {
      const captured = functionOf(binding, functions)
      return !fn.own.includes(binding) && !(captured && free.has(captured))
    })
  let changed = true
  while (changed) {
    const bound = [...free].filter((fn) => needed(fn).length > 0)
    for (const fn of bound) free.delete(fn)
    changed = bound.length > 0
  }
  const captures = functions.map(needed)
  for (const [index, fn] of functions.entries()) fn.captures = captures[index] ?? []
}

import type { FunctionNode, NodeOf } from './ast.ts'
import type { Capture } from './captures.ts'
import type { FunctionKind } from './directives.ts'
import type { Binding } from './scope.ts'

/** A function that is compiled in its place: a server function with a directive of its own, or a cached one. */
export type InlineFunction = {
  kind: FunctionKind
  node: FunctionNode
  /** Its own name behind those of the functions around it: `Page.save`. */
  name: string
  /** Its name in the compiled module: `$$hoist_0_save`. */
  hoisted: string
  site: Site
  /** The variables that stand for the function itself: `save` for `const save = async () => …`. */
  own: Binding[]
  /** Without functions of a directive that capture nothing: those are hoisted names. */
  captures: Capture[]
  /** The cached functions among what it uses that capture something. It captures that in their place. */
  rebound: Rebound[]
}

/** A variable for a cached function, which is made again from what that captures. */
export type Rebound = { binding: Binding; fn: InlineFunction }

/** Where a function stands, which decides what is left in its place. */
export type Site =
  | { kind: 'expression' }
  | { kind: 'method'; method: NodeOf<'Property'> | NodeOf<'MethodDefinition'> }
  /** A declaration in a function or block; it can be used above its place. */
  | { kind: 'declaration'; binding: Binding }
  /** A declaration of the module, which need not move. */
  | { kind: 'module-declaration'; id: NodeOf<'Identifier'> }
  | { kind: 'default-export' }

/** The function that a variable stands for, whenever it is read. */
export function functionOf(
  binding: Binding,
  functions: readonly InlineFunction[],
): InlineFunction | undefined {
  return binding.assigned ? undefined : functions.find(({ own }) => own.includes(binding))
}

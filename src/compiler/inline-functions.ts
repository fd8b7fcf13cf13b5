import { isFunction, walkTree } from './ast.ts'
import type { FunctionNode, Program } from './ast.ts'
import { capturesOf } from './captures.ts'
import { enclosingNames, nameOfFunction } from './function-name.ts'
import { functionRoles, isInline } from './function-roles.ts'
import type { InlineFunction, Site } from './inline-function.ts'
import type { Binding, Scope } from './scope.ts'
import type { Scopes } from './scopes.ts'
import { settleCaptures } from './settle-captures.ts'

/** The functions of a module that are compiled in their place, in the order of the source. */
export function findInlineFunctions(program: Program, scopes: Scopes): InlineFunction[] {
  const functions: InlineFunction[] = []
  const roleOf = functionRoles(program)
  walkTree(program, {
    enter(node) {
      const role = isFunction(node) ? roleOf(node) : null
      if (!isFunction(node) || !isInline(role)) return
      const { parents } = scopes
      const own = nameOfFunction(node, parents) || 'anonymous'
      functions.push({
        kind: role.kind,
        node,
        name: [...enclosingNames(node, parents), own].join('.'),
        hoisted: `$$hoist_${functions.length}_${own.replaceAll(/[^\p{ID_Continue}$]/gu, '_')}`,
        site: siteOf(node, scopes),
        own: ownBindings(node, scopes),
        captures: capturesOf(node, scopes),
        rebound: [],
      })
    },
  })
  settleCaptures(functions)
  return functions
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

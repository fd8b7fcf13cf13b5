import { patternIdentifiers, walkTree, type Identifier, type Node, type Program } from './ast.ts'
import { declare, enterScope, lookUp, type Binding, type Scope } from './scope.ts'

export type Scopes = {
  module: Scope
  /** Every use of a variable that the module declares, in the order of the source. */
  references: Reference[]
  parents: ReadonlyMap<Node, Node | null>
  /** The scope that a function's parameters are in. */
  scopeOf: ReadonlyMap<Node, Scope>
}

export type Reference = { at: Identifier; binding: Binding }

/** Resolves the names of a module without JSX and types. */
export function analyzeScopes(program: Program): Scopes {
  const module: Scope = { parent: null, node: program, bindings: new Map(), holdsVar: true }
  const parents = new Map<Node, Node | null>()
  const scopeOf = new Map<Node, Scope>()
  const outer = new Map<Node, Scope>()
  const declared = new Set<Node>()
  const assigned = new Set<Node>()
  const uses: { at: Identifier; scope: Scope }[] = []
  let scope = module

  walkTree(program, {
    enter(node, parent, key) {
      parents.set(node, parent)
      outer.set(node, scope)
      const around = scope
      scope = enterScope(node, { scope, parent })
      if (scope !== around) scopeOf.set(node, scope)
      for (const at of declare(node, { around, scope })) declared.add(at)
      for (const at of assignedBy(node)) assigned.add(at)
      if (node.type !== 'Identifier' || declared.has(node)) return
      if (isVariable({ parent, key, parents })) uses.push({ at: node, scope })
    },
    leave(node) {
      scope = outer.get(node) ?? module
    },
  })

  // Only now are all names declared: functions and variables may be used above their declaration.
  const references = uses.flatMap(({ at, scope: from }): Reference[] => {
    const binding = lookUp(at.name, from)
    if (!binding) return []
    binding.references.push(at)
    if (assigned.has(at)) binding.assigned = true
    return [{ at, binding }]
  })
  return { module, references, parents, scopeOf }
}

function assignedBy(node: Node): Identifier[] {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return patternIdentifiers(node.left)
    case 'UpdateExpression':
      return patternIdentifiers(node.argument)
    default:
      return []
  }
}

type Place = { parent: Node | null; key: string; parents: ReadonlyMap<Node, Node | null> }

/** Whether an identifier is a variable, rather than a property, a label or an exported name. */
function isVariable({ parent, key, parents }: Place): boolean {
  if (!parent || namesOnly.has(parent.type)) return false
  if (parent.type === 'ExportSpecifier') {
    return key === 'local' && !isFromOtherModule(parents.get(parent))
  }
  const isName = (key === 'property' || key === 'key') && 'computed' in parent
  return !isName || parent.computed
}

const namesOnly = new Set<string>([
  'BreakStatement',
  'ContinueStatement',
  'ExportAllDeclaration',
  'ImportAttribute',
  'ImportSpecifier',
  'LabeledStatement',
  'MetaProperty',
] satisfies Node['type'][])

function isFromOtherModule(statement: Node | null | undefined): boolean {
  return statement?.type === 'ExportNamedDeclaration' && statement.source !== null
}

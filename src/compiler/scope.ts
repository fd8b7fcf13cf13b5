import {
  isFunction,
  patternIdentifiers,
  type FunctionNode,
  type Identifier,
  type Node,
} from './ast.ts'

/** A part of a module that declares names of its own. */
export type Scope = {
  parent: Scope | null
  node: Node
  bindings: Map<string, Binding>
  /** Whether `var` declares here rather than further out. */
  holdsVar: boolean
}

/** What a name stands for in its scope and in everything below it. */
export type Binding = {
  name: string
  kind: 'const' | 'let' | 'var' | 'class' | 'function' | 'import' | 'parameter'
  scope: Scope
  /** Where the name is declared. */
  at: Identifier
  /** The declarator, function, class, import or catch clause that declares it. */
  declaration: Node
  /** Whether the program gives it another value later. */
  assigned: boolean
  references: Identifier[]
}

export function isOutside(scope: Scope, inner: Scope): boolean {
  for (let next = inner.parent; next; next = next.parent) if (next === scope) return true
  return false
}

/** What a name stands for in a scope. */
export function lookUp(name: string, from: Scope | null): Binding | null {
  for (let scope = from; scope; scope = scope.parent) {
    const binding = scope.bindings.get(name)
    if (binding) return binding
  }
  return null
}

/** The scope that a node's children are in. */
export function enterScope(
  node: Node,
  { scope, parent }: { scope: Scope; parent: Node | null },
): Scope {
  if (isFunction(node)) return open(node, withOwnName(node, scope))
  switch (node.type) {
    case 'BlockStatement':
      // A body is a scope beside the parameters: their defaults do not see its variables.
      return open(node, scope, parent !== null && isFunction(parent))
    case 'StaticBlock':
      return open(node, scope, true)
    case 'ClassExpression':
    case 'CatchClause':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
      return open(node, scope)
    default:
      return scope
  }
}

function open(node: Node, parent: Scope, holdsVar = false): Scope {
  return { parent, node, bindings: new Map(), holdsVar }
}

/** The name of a function expression is around its parameters, which may hide it. */
function withOwnName(node: Node, scope: Scope): Scope {
  if (node.type !== 'FunctionExpression' || !node.id) return scope
  const own = open(node, scope)
  bind(own, node.id, { kind: 'function', declaration: node })
  return own
}

/**
 * Declares what a node declares: `around` it, or in the `scope` of its children. Returns the
 * identifiers that do it, since those are no uses of the names.
 */
export function declare(
  node: Node,
  { around, scope }: { around: Scope; scope: Scope },
): Identifier[] {
  if (isFunction(node)) return declareFunction(node, { around, scope })
  switch (node.type) {
    case 'ClassDeclaration':
      return node.id ? [bind(around, node.id, { kind: 'class', declaration: node })] : []
    case 'ClassExpression':
      return node.id ? [bind(scope, node.id, { kind: 'class', declaration: node })] : []
    case 'VariableDeclaration':
      return node.declarations.flatMap((declaration) => {
        const kind = node.kind === 'var' || node.kind === 'let' ? node.kind : 'const'
        const target = kind === 'var' ? varScope(around) : around
        return bindAll(target, declaration.id, { kind, declaration })
      })
    case 'CatchClause':
      return node.param ? bindAll(scope, node.param, { kind: 'parameter', declaration: node }) : []
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) =>
        bind(around, local, { kind: 'import', declaration: node }),
      )
    default:
      return []
  }
}

function declareFunction(
  node: FunctionNode,
  { around, scope }: { around: Scope; scope: Scope },
): Identifier[] {
  const declared = node.params.flatMap((parameter) =>
    bindAll(scope, parameter, { kind: 'parameter', declaration: node }),
  )
  if (!node.id) return declared
  if (node.type === 'FunctionDeclaration') {
    bind(around, node.id, { kind: 'function', declaration: node })
  }
  return [...declared, node.id]
}

type Declaration = Pick<Binding, 'kind' | 'declaration'>

function bindAll(scope: Scope, pattern: Node, declaration: Declaration): Identifier[] {
  return patternIdentifiers(pattern).map((at) => bind(scope, at, declaration))
}

function bind(scope: Scope, at: Identifier, declaration: Declaration): Identifier {
  // `var` may be declared twice, or again for a parameter.
  if (!scope.bindings.has(at.name)) {
    const binding = { name: at.name, scope, at, assigned: false, references: [], ...declaration }
    scope.bindings.set(at.name, binding)
  }
  return at
}

function varScope(scope: Scope): Scope {
  return scope.holdsVar || !scope.parent ? scope : varScope(scope.parent)
}

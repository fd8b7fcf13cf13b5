import { isFunction, nameOf, type Node } from './ast.ts'

/**
 * The name that the source gives to a function: its own, or that of the variable, property or
 * prop that it becomes, be it through a call (`const save = guard(async () => …)`). '' if none.
 */
export function nameOfFunction(node: Node, parents: ReadonlyMap<Node, Node | null>): string {
  if ((isFunction(node) || isClass(node)) && node.id) return node.id.name
  const parent = parents.get(node)
  return parent ? nameFrom(parent, parents) : ''
}

/** The names of the functions and classes around a node, outermost first. */
export function enclosingNames(node: Node, parents: ReadonlyMap<Node, Node | null>): string[] {
  const names: string[] = []
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) {
    if (!isFunction(outer) && !isClass(outer)) continue
    const name = nameOfFunction(outer, parents)
    if (name !== '') names.unshift(name)
  }
  return names
}

function nameFrom(parent: Node, parents: ReadonlyMap<Node, Node | null>): string {
  if (transparent.has(parent.type)) return nameOfFunction(parent, parents)
  switch (parent.type) {
    case 'VariableDeclarator':
      return nameOf(parent.id)
    case 'AssignmentExpression':
      return nameOf(parent.left.type === 'MemberExpression' ? parent.left.property : parent.left)
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.computed ? '' : nameOf(parent.key)
    case 'JSXAttribute':
      return nameOf(parent.name)
    case 'ExportDefaultDeclaration':
      return 'default'
    default:
      return ''
  }
}

/** What a function may stand in and still become what a variable or a prop is called by. */
const transparent = new Set<string>([
  'AwaitExpression',
  'CallExpression',
  'ConditionalExpression',
  'JSXExpressionContainer',
  'LogicalExpression',
] satisfies Node['type'][])

function isClass(
  node: Node,
): node is Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }> {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
}

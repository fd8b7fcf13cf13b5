import type { scanModuleExports } from '@vitejs/plugin-rsc/transforms'
import { walk } from 'estree-walker'

/** The tree that Vite's parser makes, with JSX and types where the source has them. */
export type Program = Parameters<typeof scanModuleExports>[0]
export type Statement = Program['body'][number]
export type Node = NonNullable<Statement['parent']>

/** The nodes whose `type` is, or may be, `name`. */
export type NodeOf<name> = ByType<Node, name>
type ByType<node, name> = node extends { type: infer type }
  ? name extends type
    ? node
    : never
  : never

export type Identifier = NodeOf<'Identifier'>
export type FunctionNode = NodeOf<'FunctionDeclaration'> | NodeOf<'ArrowFunctionExpression'>

/** Which syntax a text is in; Vite's parser takes it as the option `lang`. */
export type Language = 'js' | 'jsx' | 'ts' | 'tsx'
export type Parse = (code: string, language: Language) => Program

export type Visitor = {
  /** `key` is the property of the parent that holds the node. */
  enter: (node: Node, parent: Node | null, key: string) => 'skip' | void
  leave?: (node: Node) => void
}

/** Visits a node and everything below it, in the order of the source. */
export function walkTree(root: Node, visitor: Visitor): void {
  // estree-walker follows any property that holds nodes; only its types know ESTree alone.
  type Walked = Parameters<typeof walk>[0]
  walk(root as unknown as Walked, {
    enter(node, parent, key) {
      const found = visitor.enter(
        node as unknown as Node,
        parent as unknown as Node,
        String(key ?? ''),
      )
      if (found === 'skip') this.skip()
    },
    leave(node) {
      visitor.leave?.(node as unknown as Node)
    },
  })
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  )
}

/** The statements of a function's body; none for `async () => value`. */
export function statementsOf(node: FunctionNode): Statement[] {
  return node.body?.type === 'BlockStatement' ? node.body.body : []
}

export function contains(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The name that a key, an import or an export spells out; '' for anything else. */
export function nameOf(key: Node): string {
  switch (key.type) {
    case 'Identifier':
    case 'JSXIdentifier':
    case 'PrivateIdentifier':
      return key.name
    case 'Literal':
      return String(key.value)
    default:
      return ''
  }
}

/** The identifiers that a pattern binds or assigns: `{ a, b: [c = 1] }` has `a` and `c`. */
export function patternIdentifiers(pattern: Node): Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => patternIdentifiers(property))
    case 'Property':
      return patternIdentifiers(pattern.value)
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternIdentifiers(element) : []))
    case 'AssignmentPattern':
      return patternIdentifiers(pattern.left)
    case 'RestElement':
      return patternIdentifiers(pattern.argument)
    default:
      return []
  }
}

import { isFunction, walkTree, type FunctionNode, type Node } from './ast.ts'
import { CompileError, type SourceFile } from './compile-error.ts'

/** What every server function must be, exported or inline. `name` is how messages call it. */
export function checkServerFunction(
  node: FunctionNode,
  { name, source }: { name: string; source: SourceFile },
): void {
  if (!node.async) {
    throw new CompileError(source, {
      code: 'not-async',
      text: `${capitalized(name)} is a server function, which must be async: whoever calls it waits for an answer.`,
      fix: 'Write async in front of it.',
      at: node,
    })
  }
  const found = forbiddenKeyword(node)
  if (!found) return
  throw new CompileError(source, {
    code: 'forbidden-keyword',
    text: `"${found.word}" inside of a server function has no value when a browser calls it.`,
    fix:
      found.word === 'arguments'
        ? 'Declare the parameters, or use a rest parameter.'
        : 'Pass what it needs as an argument, or use a variable that the function captures.',
    at: found.node,
  })
}

/**
 * The `this`, `arguments` or `super` of the server function itself. Functions and classes inside
 * of it have their own, arrow functions do not.
 */
function forbiddenKeyword(root: FunctionNode): { word: string; node: Node } | null {
  let found: { word: string; node: Node } | null = null
  walkTree(root, {
    enter(node, parent, key) {
      if (found || (node !== root && hasOwnThis(node))) return 'skip'
      const word = keywordOf(node)
      if (word === null || isPropertyName(parent, key)) return undefined
      found = { word, node }
      return 'skip'
    },
  })
  return found
}

function hasOwnThis(node: Node): boolean {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return true
  return isFunction(node) && node.type !== 'ArrowFunctionExpression'
}

function keywordOf(node: Node): string | null {
  if (node.type === 'ThisExpression') return 'this'
  if (node.type === 'Super') return 'super'
  return node.type === 'Identifier' && node.name === 'arguments' ? 'arguments' : null
}

function isPropertyName(parent: Node | null, key: string): boolean {
  if (parent?.type === 'MemberExpression') return key === 'property' && !parent.computed
  return parent?.type === 'Property' && key === 'key' && !parent.computed
}

function capitalized(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text
}

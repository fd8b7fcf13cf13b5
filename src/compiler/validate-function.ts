import { isFunction, walkTree, type FunctionNode, type Node } from './ast.ts'
import { CompileError, type SourceFile } from './compile-error.ts'
import type { FunctionKind } from './directives.ts'

type Context = { kind: FunctionKind; name: string; source: SourceFile }

/** What every function with a directive must be. `name` is how messages call it. */
export function checkFunction(node: FunctionNode, { kind, name, source }: Context): void {
  if (!node.async) {
    throw new CompileError(source, {
      code: 'not-async',
      text: `${capitalized(name)} is ${notAsync[kind]}`,
      fix: 'Write async in front of it.',
      at: node,
    })
  }
  if (kind === 'cache' && node.generator) {
    throw new CompileError(source, {
      code: 'cached-generator',
      text: `${capitalized(name)} is a cached function, which cannot be a generator: one value is kept of each call.`,
      fix: 'Return a list of what it yields.',
      at: node,
    })
  }
  const found = forbiddenKeyword(node)
  if (!found) return
  throw new CompileError(source, {
    code: 'forbidden-keyword',
    text: `"${found.word}" inside of ${forbidden[kind]}`,
    fix:
      found.word === 'arguments'
        ? 'Declare the parameters, or use a rest parameter.'
        : 'Pass what it needs as an argument, or use a variable that the function captures.',
    at: found.node,
  })
}

const notAsync: Record<FunctionKind, string> = {
  server: 'a server function, which must be async: whoever calls it waits for an answer.',
  cache: 'a cached function, which must be async: its value may come from another server.',
}

const forbidden: Record<FunctionKind, string> = {
  server: 'a server function has no value when a browser calls it.',
  cache: 'a cached function has no value: its value depends on nothing but its key.',
}

/**
 * The `this`, `arguments` or `super` of the function itself. Functions and classes inside
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

import { walkTree, type Node, type Program } from './ast.ts'
import { CompileError, type SourceFile } from './compile-error.ts'

/**
 * What a file exports must stand in its syntax, since that is how server functions are found. In
 * CommonJS it is known only once the file runs.
 */
export function checkSyntax(program: Program, source: SourceFile): void {
  if (program.body.some(({ type }) => isModuleSyntax.test(type))) return
  const at = commonjsExport(program)
  if (!at) return
  throw new CompileError(source, {
    code: 'commonjs',
    text: 'A file whose functions have directives must be a module, but this one is CommonJS.',
    fix: 'Write export and import instead of exports and require, as in export async function create() {}.',
    at,
  })
}

const isModuleSyntax = /^(?:Import|Export)/

/** The first `exports.name` or `module.exports`. */
function commonjsExport(program: Program): Node | null {
  let found: Node | null = null
  walkTree(program, {
    enter(node) {
      if (found) return 'skip'
      if (node.type !== 'MemberExpression' || !isExports(node)) return undefined
      found = node
      return 'skip'
    },
  })
  return found
}

function isExports({ object, property }: Node & { type: 'MemberExpression' }): boolean {
  if (object.type !== 'Identifier') return false
  if (object.name === 'exports') return true
  return object.name === 'module' && property.type === 'Identifier' && property.name === 'exports'
}

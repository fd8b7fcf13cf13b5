import { statementsOf, type FunctionNode, type Program } from './ast.ts'
import { functionDirective, type FunctionKind } from './directives.ts'
import { exportedFunctions } from './exported-functions.ts'

/** What a function is compiled as, and whether its own directive says it or that of its file. */
export type FunctionRole = { kind: FunctionKind; by: 'function' | 'file' }

/**
 * The roles of a module's functions, `null` for plain ones. The directive of a file is for what it
 * exports, and a function among them may have another one of its own.
 */
export function functionRoles(program: Program): (node: FunctionNode) => FunctionRole | null {
  const ofFile = functionDirective(program.body)?.kind
  const exported = ofFile ? exportedNodes(program) : new Set<FunctionNode>()
  return (node) => {
    const own = functionDirective(statementsOf(node))?.kind
    if (ofFile && exported.has(node) && (own ?? ofFile) === ofFile) {
      return { kind: ofFile, by: 'file' }
    }
    return own ? { kind: own, by: 'function' } : null
  }
}

/** Whether a function is compiled in its place; the server functions of a file are as exports. */
export function isInline(role: FunctionRole | null): role is FunctionRole {
  return role !== null && (role.kind === 'cache' || role.by === 'function')
}

function exportedNodes(program: Program): ReadonlySet<FunctionNode> {
  const values = exportedFunctions(program).map(({ value }) => value)
  return new Set(values.flatMap((value) => (value.kind === 'function' ? [value.node] : [])))
}

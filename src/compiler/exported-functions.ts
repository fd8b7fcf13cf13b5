import type { FunctionNode, Program, Statement } from './ast.ts'
import { moduleExports, type ExportedValue } from './module-exports.ts'

/** One function that a file with a directive exports, be it under several names. */
export type ExportedFunction = {
  /** The first name is the one it is registered by. */
  names: [string, ...string[]]
  value: ExportedValue
  /** The statement that exports it by its first name. */
  statement: Statement
}

/**
 * `export { create, create as default }` has two names and one function, so that it is one and
 * the same reference wherever it is imported from.
 */
export function exportedFunctions(program: Program): ExportedFunction[] {
  const functions = new Map<string, ExportedFunction>()
  for (const { name, statement, value } of moduleExports(program)) {
    const known = functions.get(value.key)
    if (known) known.names.push(name)
    else functions.set(value.key, { names: [name], value, statement })
  }
  return [...functions.values()]
}

/** How many arguments the function can use; `null` if only the function itself knows. */
export function arityOf({ value }: ExportedFunction): number | null {
  return value.kind === 'function' ? parameterCount(value.node) : null
}

export function parameterCount({ params }: FunctionNode): number | null {
  return params.some(({ type }) => type === 'RestElement') ? null : params.length
}

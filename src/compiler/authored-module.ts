import type { Parse } from './ast.ts'
import { positionAt } from './code-frame.ts'
import { CompileError, type Problem } from './compile-error.ts'
import { moduleExports } from './module-exports.ts'
import { validateModule } from './validate-module.ts'

export type ModuleOptions = {
  parse: Parse
  /** Of the module's file, relative to the root of the app, with forward slashes. */
  path: string
  /** The text of the file before any transform: messages quote it, and lines are counted in it. */
  original?: string
}

/** Where the functions of a module are for its author. */
export type AuthoredModule = {
  lineOfExport: (name: string) => number
  lineOfInline: (index: number) => number
  errorInInline: (index: number, problem: Omit<Problem, 'at'>) => CompileError
}

/**
 * Validates a module and finds its functions in what its author wrote; `null` for a module without
 * directives of ours. Where there is no original, or none that is JavaScript, `code` stands in.
 * @throws CompileError
 */
export function readAuthoredModule(
  code: string,
  { parse, path, original }: ModuleOptions,
  graph: 'server' | 'client',
): AuthoredModule | null {
  const written =
    original === undefined ? null : validateModule({ path, code: original }, { parse, graph })
  const module = written ?? validateModule({ path, code }, { parse, graph, language: 'js' })
  if (!module) return null
  const { source, program, inline } = module
  const lineAt = (offset: number): number => positionAt(source.code, offset).line
  return {
    lineOfExport(name) {
      const found = moduleExports(program).find((exported) => exported.name === name)
      return found ? lineAt(found.at.start) : 1
    },
    // Other transforms keep the order of the functions, so their place among them finds them.
    lineOfInline: (index) => lineAt(inline[index]?.start ?? 0),
    errorInInline: (index, problem) =>
      new CompileError(source, { ...problem, at: inline[index] ?? program }),
  }
}

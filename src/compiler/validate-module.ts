import { isFunction, statementsOf, walkTree } from './ast.ts'
import type { FunctionNode, Language, Node, Parse, Program } from './ast.ts'
import type { SourceFile } from './compile-error.ts'
import { functionDirective, hasDirective, mayHoldDirective } from './directives.ts'
import { functionRoles, isInline } from './function-roles.ts'
import { parseSource } from './parse-source.ts'
import { checkHeader, checkMisplaced } from './validate-directives.ts'
import { validateExports } from './validate-exports.ts'
import { checkCacheFile, checkInlineFunction, type ClientReason } from './validate-inline.ts'
import { checkSyntax } from './validate-syntax.ts'

export type ValidateOptions = {
  parse: Parse
  /** `client`: the graphs that a browser loads, where no function can be inline. */
  graph: 'server' | 'client'
  /** The syntax of the text, where the name of the file does not tell. */
  language?: Language
}

/** A module with directives of ours, all of them right, as its author wrote it. */
export type ValidModule = {
  source: SourceFile
  program: Program
  /** The functions that are compiled in their place, in the order of the source. */
  inline: FunctionNode[]
}

/**
 * Checks every use of our directives in a module. It is meant for the text as
 * its author wrote it, with types and JSX: other transforms move and drop what messages must show.
 * `null` for a module without directives, and for a text that is no JavaScript, such as Markdown.
 * @throws CompileError
 */
export function validateModule(source: SourceFile, options: ValidateOptions): ValidModule | null {
  if (!mayHoldDirective(source.code)) return null
  const program = parseSource(source, options)
  if (!program) return null
  const file = functionDirective(program.body)
  const client = reasonForClient(program, options.graph)
  const roleOf = functionRoles(program)
  const parents = new Map<Node, Node | null>()
  const inline: FunctionNode[] = []
  walkTree(program, {
    enter(node, parent) {
      parents.set(node, parent)
      // Bundlers leave directives of the joined files anywhere: in packages they mean nothing.
      if (!isDependency(source.path)) checkPlacement(node, { parent, program, source })
      const role = isFunction(node) ? roleOf(node) : null
      if (!isFunction(node) || !isInline(role)) return
      inline.push(node)
      if (role.by === 'file') return
      // Nothing is left of a server file where a browser loads it.
      const reason = file?.kind === 'server' ? null : client
      checkInlineFunction(node, { kind: role.kind, parents, source, client: reason })
    },
  })
  if (file?.kind === 'cache' && client) checkCacheFile(file.statement, { source, client })
  if (file || inline.length > 0) checkSyntax(program, source)
  if (file) validateExports(program, { kind: file.kind, source })
  return { source, program, inline }
}

function checkPlacement(
  node: Node,
  { parent, program, source }: { parent: Node | null; program: Program; source: SourceFile },
): void {
  if (node === program) checkHeader(program.body, { place: 'file', source })
  else if (isFunction(node)) checkHeader(statementsOf(node), { place: 'function', source })
  else checkMisplaced(node, { inFile: parent === program, source })
}

function reasonForClient(program: Program, graph: 'server' | 'client'): ClientReason | null {
  if (hasDirective(program.body, 'use client')) return 'directive'
  return graph === 'client' ? 'import' : null
}

function isDependency(path: string): boolean {
  return /(^|\/)node_modules\//.test(path)
}

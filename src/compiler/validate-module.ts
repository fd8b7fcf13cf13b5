import { isFunction, statementsOf, walkTree } from './ast.ts'
import type { FunctionNode, Language, Node, Parse, Program } from './ast.ts'
import type { SourceFile } from './compile-error.ts'
import { hasDirective, isInlineServerFunction, mayHoldDirective } from './directives.ts'
import { exportedNodes } from './exported-functions.ts'
import { checkHeader, checkMisplaced } from './validate-directives.ts'
import { validateExports } from './validate-exports.ts'
import { checkInlineFunction, type ClientReason } from './validate-inline.ts'

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
  /** The inline server functions, in the order of the source. */
  inline: FunctionNode[]
}

/**
 * Checks every use of `'use server'` and `'use client'` in a module. It is meant for the text as
 * its author wrote it, with types and JSX: other transforms move and drop what messages must show.
 * `null` for a module without directives, and for a text that is no JavaScript, such as Markdown.
 * @throws CompileError
 */
export function validateModule(source: SourceFile, options: ValidateOptions): ValidModule | null {
  if (!mayHoldDirective(source.code)) return null
  const program = parseSource(source, options)
  if (!program) return null
  const serverFile = hasDirective(program.body, 'use server')
  const exported = exportedNodes(program)
  const client = reasonForClient(program, options.graph)
  const parents = new Map<Node, Node | null>()
  const inline: FunctionNode[] = []
  walkTree(program, {
    enter(node, parent) {
      parents.set(node, parent)
      // Bundlers leave directives of the joined files anywhere: in packages they mean nothing.
      if (!isDependency(source.path)) checkPlacement(node, { parent, program, source })
      if (!isFunction(node) || !isInlineServerFunction(node)) return
      checkInlineFunction(node, { parents, source, client: serverFile ? null : client })
      if (!exported.has(node)) inline.push(node)
    },
  })
  if (serverFile) validateExports(program, source)
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

function parseSource(
  { path, code }: SourceFile,
  { parse, language = languageOf(path) }: ValidateOptions,
): Program | null {
  if (!language) return null
  try {
    return parse(code, language)
  } catch {
    // A syntax error is reported by whoever compiles the file next, with its own frame.
    return null
  }
}

/** `.js` files may hold JSX; a file with another extension is no JavaScript yet. */
function languageOf(path: string): Language | undefined {
  const [, extension] = /\.[cm]?(jsx?|tsx?)$/.exec(path) ?? []
  if (extension === 'ts' || extension === 'tsx') return extension
  return extension ? 'jsx' : undefined
}

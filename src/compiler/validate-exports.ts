import { statementsOf, type Node, type Program } from './ast.ts'
import type { Span } from './code-frame.ts'
import { CompileError, type Problem, type SourceFile } from './compile-error.ts'
import { functionDirective, type FunctionKind } from './directives.ts'
import { moduleExports, type ModuleExport } from './module-exports.ts'
import { checkFunction } from './validate-function.ts'

type Context = { kind: FunctionKind; source: SourceFile }

/**
 * What a `'use server'` file exports must be async functions: each becomes callable. A
 * `'use cache'` file may export other values too, but no functions that are not async.
 */
export function validateExports(program: Program, context: Context): void {
  for (const statement of program.body) {
    if (statement.type === 'ExportAllDeclaration' && statement.exportKind !== 'type') {
      throw new CompileError(context.source, exportAll(statement, context.kind))
    }
  }
  for (const exported of moduleExports(program)) validateExport(exported, context)
}

function validateExport(exported: ModuleExport, { kind, source }: Context): void {
  const { name, value } = exported
  const shown = name === 'default' ? 'the default export' : name
  if (value.kind === 'function') {
    const own = functionDirective(statementsOf(value.node))
    checkFunction(value.node, { kind: own?.kind ?? kind, name: shown, source })
  }
  if (kind === 'server') validateServerExport(exported, { shown, source })
}

function validateServerExport(
  { at, name, statement, value }: ModuleExport,
  { shown, source }: { shown: string; source: SourceFile },
): void {
  const isListed = statement.type === 'ExportNamedDeclaration'
  if (isListed && at.type === 'Literal') throw new CompileError(source, stringName(at, name))
  if (value.kind !== 'other') return
  const what = value.node ? describe(value.node) : 'a variable without a value'
  throw new CompileError(source, {
    code: 'not-a-function',
    text: `Only async functions may be exported from a 'use server' file, but ${shown} is ${what}.`,
    fix:
      `Split the file: keep the async functions here, move ${shown} to a file without the ` +
      `directive (${siblingOf(source.path)}, say), and import it from there.`,
    at: nameIn(at),
  })
}

function exportAll(at: Span, kind: FunctionKind): Problem {
  return {
    code: 'export-all',
    text: `A 'use ${kind}' file may not have export *: its functions must be named in the file.`,
    fix: `Name them, as in export { create, remove } from './posts'.`,
    at,
  }
}

function stringName(at: Span, name: string): Problem {
  return {
    code: 'export-name',
    text: `A server function cannot be exported under the string ${JSON.stringify(name)}.`,
    fix: 'Export it under a name that is an identifier.',
    at,
  }
}

const descriptions: Partial<Record<Node['type'], string>> = {
  ArrayExpression: 'an array',
  BinaryExpression: 'the result of an operator',
  ClassDeclaration: 'a class',
  ClassExpression: 'a class',
  JSXElement: 'an element',
  JSXFragment: 'an element',
  ObjectExpression: 'an object',
  TSEnumDeclaration: 'an enum',
  TSModuleDeclaration: 'a namespace',
  TemplateLiteral: 'a string',
  UnaryExpression: 'the result of an operator',
  UpdateExpression: 'the result of an operator',
}

function describe(node: Node): string {
  if (node.type !== 'Literal') return descriptions[node.type] ?? 'no function'
  if (node.value === null) return 'bigint' in node ? 'a bigint' : 'null'
  return node.value instanceof RegExp ? 'a regular expression' : `a ${typeof node.value}`
}

/** The name without the type that may follow it: `pageSize: Size` */
function nameIn(at: Node): Span {
  return at.type === 'Identifier' ? { start: at.start, end: at.start + at.name.length } : at
}

/** `app/actions.ts` → `app/actions-shared.ts` */
function siblingOf(path: string): string {
  return path.replace(/(\.\w+)?$/, '-shared$1')
}

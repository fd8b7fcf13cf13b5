import { nameOf, type Node, type NodeOf, type Program } from '../ast.ts'
import { CompileError, type Problem, type SourceFile } from '../compile-error.ts'
import { analyzeScopes, type Reference, type Scopes } from '../scopes.ts'

export type FontCall = {
  /** `default` of `next/font/local`, else the name of a font of `next/font/google`. */
  imported: string
  /** What the module calls it. */
  callee: string
  /** The constant that holds the font. */
  name: string
  call: NodeOf<'CallExpression'>
}

export type FontModule = {
  imports: NodeOf<'ImportDeclaration'>[]
  calls: FontCall[]
}

/** Whether a text may ask for a font. It spares other modules the parser. */
export function mayAskForFonts(code: string): boolean {
  return /['"]next\/font\/(?:local|google)['"]/.test(code)
}

/**
 * The fonts that a module asks for.
 * @throws CompileError for one that is asked for elsewhere than at its top
 */
export function findFontCalls(program: Program, source: SourceFile): FontModule {
  const imports: FontModule['imports'] = []
  for (const statement of program.body) {
    if (!isOfFonts(statement)) continue
    if (statement.type !== 'ImportDeclaration') throw unknownExport(statement, statement, source)
    imports.push(statement)
    requireKnown(statement, source)
  }
  const scopes = analyzeScopes(program)
  const calls = scopes.references.flatMap((reference) => {
    const { declaration } = reference.binding
    if (!imports.some((statement) => statement === declaration)) return []
    if (isInType(reference, scopes)) return []
    return [fontCall(reference, { scopes, source })]
  })
  return { imports, calls }
}

type FontStatement =
  | NodeOf<'ImportDeclaration'>
  | NodeOf<'ExportNamedDeclaration'>
  | NodeOf<'ExportAllDeclaration'>

/** Whether a statement takes values from a module of fonts. */
function isOfFonts(node: Node): node is FontStatement {
  const isType =
    ('importKind' in node ? node.importKind : 'exportKind' in node && node.exportKind) === 'type'
  const from = 'source' in node && node.source?.type === 'Literal' ? node.source.value : null
  return !isType && /^next\/font\/(?:local|google)$/.test(String(from))
}

function requireKnown(statement: NodeOf<'ImportDeclaration'>, source: SourceFile): void {
  const type = isGoogle(statement) ? 'ImportSpecifier' : 'ImportDefaultSpecifier'
  const wrong = statement.specifiers.find(
    (specifier) =>
      specifier.type !== type &&
      !(specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'),
  )
  if (wrong) throw unknownExport(wrong, statement, source)
}

function isGoogle(statement: FontStatement): boolean {
  return statement.source?.value === 'next/font/google'
}

function unknownExport(at: Node, statement: FontStatement, source: SourceFile): CompileError {
  const from = statement.source?.value ?? ''
  return new CompileError(source, {
    code: 'font-place',
    text: `${from} is there for the calls of a module, and has no such export.`,
    fix: isGoogle(statement)
      ? `Import a font by its name, as in import { Inter } from '${from}'.`
      : `Import it as import localFont from '${from}'.`,
    at,
  })
}

function isInType({ at }: Reference, { parents }: Scopes): boolean {
  return parents.get(at)?.type === 'TSTypeQuery'
}

type Context = { scopes: Scopes; source: SourceFile }

function fontCall(reference: Reference, { scopes, source }: Context): FontCall {
  const { at, binding } = reference
  const call = scopes.parents.get(at)
  const name = call && constOf(call, scopes)
  if (call?.type !== 'CallExpression' || call.callee !== at || name == null) {
    throw misplaced(at, source)
  }
  return { imported: importedName(binding), callee: at.name, name, call }
}

/** The constant of the module whose value an expression is. */
function constOf(value: Node, { parents, module }: Scopes): string | null {
  const declarator = parents.get(value)
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null
  const declaration = parents.get(declarator)
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return null
  const { name } = declarator.id
  return module.bindings.get(name)?.declaration === declarator ? name : null
}

function importedName({ name, declaration }: Reference['binding']): string {
  if (declaration.type !== 'ImportDeclaration') return name
  const specifier = declaration.specifiers.find(({ local }) => local.name === name)
  return specifier?.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default'
}

function misplaced(at: Node, source: SourceFile): CompileError {
  const callee = nameOf(at)
  const problem: Problem = {
    code: 'font-place',
    text: `${callee}() makes a font while the app is compiled, so it is called at the top of a module and held by a const.`,
    fix: `Write const font = ${callee}({ … }) outside of all functions, and use font.className where you need it.`,
    at,
  }
  return new CompileError(source, problem)
}

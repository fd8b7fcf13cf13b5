import { nameOf, walkTree, type Node, type NodeOf, type Program, type Statement } from './ast.ts'
import { moduleExports } from './module-exports.ts'
import { analyzeScopes, type Scopes } from './scopes.ts'

/** What a module takes from others and what it passes on. The name `*` stands for all of them. */
export type ImportRecord = {
  imports: ImportedName[]
  /** `export { name as exported } from`; its name is `*` for `export * as exported from`. */
  reexports: (ImportedName & { exported: string })[]
  /** `export * from` */
  stars: string[]
  /** Names of values that are the module's own. */
  exports: string[]
}

export type ImportedName = { from: string; name: string }

/**
 * Reads the imports of a module without types. What a module imports only to export it again
 * counts as passed on. Imports whose specifier is computed are left out.
 */
export function recordImports(program: Program): ImportRecord {
  const record: ImportRecord = { imports: [], reexports: [], stars: [], exports: [] }
  const scopes = program.body.some(mayPassOn) ? analyzeScopes(program) : null
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') recordStatic(record, statement, scopes)
    if (statement.type === 'ExportAllDeclaration') recordStar(record, statement)
    if (statement.type === 'ExportNamedDeclaration' && statement.source) {
      recordList(record, statement, statement.source.value)
    }
  }
  const passedOn = new Set(record.reexports.map(({ exported }) => exported))
  const names = moduleExports(program).map(({ name }) => name)
  record.exports.push(...names.filter((name) => !passedOn.has(name)))
  walkTree(program, {
    enter(node) {
      if (node.type !== 'ImportExpression') return
      const from = literalText(node.source)
      if (from !== null) record.imports.push({ from, name: '*' })
    },
  })
  return record
}

function recordStatic(
  record: ImportRecord,
  { source, specifiers }: NodeOf<'ImportDeclaration'>,
  scopes: Scopes | null,
): void {
  const from = source.value
  for (const specifier of specifiers) {
    const name = importedName(specifier)
    const uses = scopes?.module.bindings.get(specifier.local.name)?.references ?? []
    const exported = uses.map((use) => exportedAs(scopes?.parents.get(use) ?? null))
    const isPassedOn = exported.length > 0 && exported.every((as) => as !== null)
    if (!isPassedOn) record.imports.push({ from, name })
    for (const as of exported) {
      if (as !== null) record.reexports.push({ from, name, exported: as })
    }
  }
}

/** Whether a statement may export what another one imports; most modules have none. */
function mayPassOn(statement: Statement): boolean {
  if (statement.type === 'ExportDefaultDeclaration') {
    return statement.declaration.type === 'Identifier'
  }
  return statement.type === 'ExportNamedDeclaration' && statement.specifiers.length > 0
}

function importedName(specifier: NodeOf<'ImportDeclaration'>['specifiers'][number]): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported)
}

function exportedAs(parent: Node | null): string | null {
  if (parent?.type === 'ExportSpecifier') return nameOf(parent.exported)
  return parent?.type === 'ExportDefaultDeclaration' ? 'default' : null
}

function recordStar(record: ImportRecord, statement: NodeOf<'ExportAllDeclaration'>): void {
  const from = statement.source.value
  if (!statement.exported) record.stars.push(from)
  else record.reexports.push({ from, name: '*', exported: nameOf(statement.exported) })
}

function recordList(
  record: ImportRecord,
  { specifiers }: NodeOf<'ExportNamedDeclaration'>,
  from: string,
): void {
  for (const { local, exported } of specifiers) {
    record.reexports.push({ from, name: nameOf(local), exported: nameOf(exported) })
  }
}

function literalText(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type !== 'TemplateLiteral' || node.quasis.length !== 1) return null
  return node.quasis[0]?.value.cooked ?? null
}

import { isFunction, nameOf, patternIdentifiers } from './ast.ts'
import type { FunctionNode, Node, NodeOf, Program, Statement } from './ast.ts'

/** One value that a module exports under a name. Types are no exports. */
export type ModuleExport = {
  name: string
  /** The whole export statement. */
  statement: Statement
  /** Where the source names it, for messages. */
  at: Node
  value: ExportedValue
}

export type ExportedValue =
  | { kind: 'function'; node: FunctionNode; key: string }
  /** The source shows that it is no function; `null` for a variable without a value. */
  | { kind: 'other'; node: Node | null; key: string }
  /** Only running the module tells: an import, a call, a part of an object. */
  | { kind: 'unknown'; node: Node; key: string }

/**
 * The exports of a module in the order of the source. Exports whose values have the same `key`
 * are one value under several names: `export { create, create as default }`. `export *` is left
 * out, because its names are in another file.
 */
export function moduleExports(program: Program): ModuleExport[] {
  const scope = moduleDeclarations(program)
  return program.body.flatMap((statement) => {
    if (statement.type === 'ExportDefaultDeclaration') return defaultExport(statement, scope)
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return []
    if (statement.declaration) return declaredExports(statement, scope)
    return listedExports(statement, scope)
  })
}

/** A name of the module's scope: what declares it, and the value if that is written there. */
type Declared = { at: Node; value: Node | null } | 'type' | 'unknown'

function moduleDeclarations(program: Program): Map<string, Declared> {
  const scope = new Map<string, Declared>()
  for (const statement of program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement
    if (!declaration) continue
    for (const [name, declared] of declarationsOf(declaration)) {
      // A type may have the name of a value, and an overload that of its function.
      if (declared !== 'type' || !scope.has(name)) scope.set(name, declared)
    }
  }
  return scope
}

function declarationsOf(node: Node): [string, Declared][] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      return node.id ? [[nameOf(node.id), { at: node.id, value: node }]] : []
    case 'VariableDeclaration':
      return node.declarations.flatMap(declaratorNames)
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) => [local.name, 'unknown'])
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
      return node.id ? [[node.id.name, 'type']] : []
    default:
      return []
  }
}

function declaratorNames(node: NodeOf<'VariableDeclarator'>): [string, Declared][] {
  if (node.id.type === 'Identifier') return [[node.id.name, { at: node.id, value: node.init }]]
  return patternIdentifiers(node.id).map(({ name }) => [name, 'unknown'])
}

function defaultExport(
  statement: NodeOf<'ExportDefaultDeclaration'>,
  scope: Map<string, Declared>,
): ModuleExport[] {
  const { declaration } = statement
  if (declaration.type === 'TSInterfaceDeclaration') return []
  const named =
    declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration'
  const key = named && declaration.id ? declaration.id.name : 'export default'
  const value = valueOf(declaration, { key, scope })
  return [{ name: 'default', statement, at: declaration, value }]
}

function declaredExports(
  statement: NodeOf<'ExportNamedDeclaration'>,
  scope: Map<string, Declared>,
): ModuleExport[] {
  const { declaration } = statement
  if (!declaration) return []
  if (declaration.type === 'VariableDeclaration') {
    const names = declaration.declarations.flatMap(({ id }) => patternIdentifiers(id))
    return names.map((at) => ({ name: at.name, statement, at, value: localValue(at, scope) }))
  }
  return declarationsOf(declaration).flatMap(([name, declared]) => {
    if (typeof declared === 'string') return []
    const value = valueOf(declared.value, { key: name, scope })
    return [{ name, statement, at: declared.at, value }]
  })
}

function listedExports(
  statement: NodeOf<'ExportNamedDeclaration'>,
  scope: Map<string, Declared>,
): ModuleExport[] {
  return statement.specifiers.flatMap((specifier): ModuleExport[] => {
    const { local, exported: at } = specifier
    if (specifier.exportKind === 'type') return []
    const name = nameOf(at)
    if (statement.source) {
      const key = `${statement.source.value}#${nameOf(local)}`
      return [{ name, statement, at, value: { kind: 'unknown', node: specifier, key } }]
    }
    if (scope.get(nameOf(local)) === 'type') return []
    return [{ name, statement, at, value: localValue(local, scope) }]
  })
}

function localValue(name: Node, scope: Map<string, Declared>): ExportedValue {
  const key = nameOf(name)
  const declared = scope.get(key)
  if (declared === undefined || typeof declared === 'string') {
    return { kind: 'unknown', node: name, key }
  }
  return valueOf(declared.value, { key, scope })
}

function valueOf(
  expression: Node | null,
  { key, scope }: { key: string; scope: Map<string, Declared> },
): ExportedValue {
  const node = expression && withoutTypes(expression)
  if (!node || isNoFunction(node)) return { kind: 'other', node, key }
  if (isFunction(node)) return { kind: 'function', node, key }
  // A variable that is declared by another one: a copy of the map without it ends any circle.
  if (node.type === 'Identifier' && scope.has(node.name)) {
    return localValue(node, new Map([...scope].filter(([name]) => name !== key)))
  }
  return { kind: 'unknown', node, key }
}

/** `value as Type`, `value satisfies Type`, `value!` and `(value)` are the value. */
function withoutTypes(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return withoutTypes(node.expression)
    default:
      return node
  }
}

const noFunctions = new Set<string>([
  'ArrayExpression',
  'BinaryExpression',
  'ClassDeclaration',
  'ClassExpression',
  'JSXElement',
  'JSXFragment',
  'Literal',
  'ObjectExpression',
  'TSEnumDeclaration',
  'TSModuleDeclaration',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
] satisfies Node['type'][])

function isNoFunction(node: Node): boolean {
  return noFunctions.has(node.type)
}

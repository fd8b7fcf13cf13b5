import { MagicString, type SourceMap } from 'magic-string'
import { nameOf, walkTree, type Identifier, type Node, type NodeOf, type Parse } from './ast.ts'
import { CompileError } from './compile-error.ts'
import { moduleExports } from './module-exports.ts'
import { parseSource } from './parse-source.ts'
import { analyzeScopes, type Scopes } from './scopes.ts'

/** The component of one `<Region>`: which export of which module it is. */
export type RegionComponent = {
  /** As the module imports it; `null` for a component of the module itself. */
  source: string | null
  exportName: string
  /** Where the name goes that the server will know it by. */
  at: number
}

type RegionOptions = {
  path: string
  parse: Parse
  /** What the author wrote, with types and JSX: messages quote it. */
  original?: string
}

const regionModule = 'volley/region'

/** Whether a text may hold a `<Region>`. It spares other modules the parser. */
export function mayHoldRegion(code: string): boolean {
  return /['"]volley\/region['"]/.test(code)
}

/**
 * The components that a module's regions render. Types and JSX must be gone. A region is rendered alone
 * later, from the module that exports its component, so that is what has to be known of it.
 * @throws CompileError for a component that is no import and no export
 */
export function findRegionComponents(code: string, options: RegionOptions): RegionComponent[] {
  const { path, parse } = options
  const program = parseSource({ path, code }, { parse, language: 'js' })
  if (!program) return []
  const scopes = analyzeScopes(program)
  const exported = new Map(moduleExports(program).map(({ name, value }) => [value.key, name]))
  return regionsIn(scopes).map((element, index) => {
    const value = renderOf(element)
    const found = value && componentOf(value, { scopes, exported })
    if (found) return found
    throw notExported(index, { code, options })
  })
}

/**
 * Writes into each region what the server knows its component by:
 *
 *     jsx(Region, { render: PostCard, props: { id } })
 *
 * becomes
 *
 *     jsx(Region, { render: PostCard, component: "app/post-card.tsx#PostCard", props: { id } })
 */
export function nameRegionComponents(
  code: string,
  named: readonly { at: number; name: string }[],
): { code: string; map: SourceMap } {
  const output = new MagicString(code)
  for (const { at, name } of named) output.appendLeft(at, `, component: ${JSON.stringify(name)}`)
  return { code: output.toString(), map: output.generateMap({ hires: 'boundary' }) }
}

/** The calls that make a `Region`, in the order of the source. */
function regionsIn({ references, parents }: Scopes): NodeOf<'CallExpression'>[] {
  return references.flatMap(({ at, binding: { declaration } }) => {
    const isOurs = declaration.type === 'ImportDeclaration' && localNames(declaration).has(at.name)
    const parent = isOurs ? parents.get(at) : null
    return parent?.type === 'CallExpression' && parent.arguments[0] === at ? [parent] : []
  })
}

/** What an import calls our `Region`. */
function localNames(statement: Node): Set<string> {
  if (statement.type !== 'ImportDeclaration' || statement.source.value !== regionModule) {
    return new Set()
  }
  return new Set(
    statement.specifiers.flatMap((specifier) =>
      specifier.type === 'ImportSpecifier' && nameOf(specifier.imported) === 'Region'
        ? [specifier.local.name]
        : [],
    ),
  )
}

/** The value of the property `render`, where it is the name of something. */
function renderOf(element: NodeOf<'CallExpression'>): Identifier | null {
  const [, props] = element.arguments
  if (props?.type !== 'ObjectExpression') return null
  for (const property of props.properties) {
    if (property.type !== 'Property' || property.computed) continue
    const { key, value } = property
    if (nameOf(key) === 'render') return value.type === 'Identifier' ? value : null
  }
  return null
}

type Context = { scopes: Scopes; exported: ReadonlyMap<string, string> }

function componentOf(value: Identifier, { scopes, exported }: Context): RegionComponent | null {
  const binding = scopes.references.find(({ at }) => at === value)?.binding
  if (!binding || binding.scope !== scopes.module) return null
  const { declaration } = binding
  const at = value.end
  if (declaration.type === 'ImportDeclaration') {
    const specifier = declaration.specifiers.find(({ local }) => local === binding.at)
    const source = declaration.source.value
    if (specifier?.type === 'ImportSpecifier') {
      return { source, exportName: nameOf(specifier.imported), at }
    }
    return specifier?.type === 'ImportDefaultSpecifier'
      ? { source, exportName: 'default', at }
      : null
  }
  const exportName = exported.get(binding.name)
  return exportName === undefined ? null : { source: null, exportName, at }
}

type Place = { code: string; options: RegionOptions }

function notExported(
  index: number,
  { code, options: { path, original, parse } }: Place,
): CompileError {
  // Other transforms keep the order of the regions, so its place among them finds it.
  const written = original === undefined ? null : placesIn({ path, code: original }, parse)[index]
  const source = { path, code: written && original !== undefined ? original : code }
  return new CompileError(source, {
    code: 'region-component',
    text: 'A region is rendered alone later, by an export of a module, and this one does not tell which.',
    fix: 'Give `render` the name of a component that this file exports or imports: <Region render={PostCard} props={{ id }} tags={tags} />.',
    at: written ?? { start: 0, end: 0 },
  })
}

/** The elements of a text with JSX that are regions. */
function placesIn(source: { path: string; code: string }, parse: Parse): Node[] {
  const program = parseSource(source, { parse })
  const names = new Set(program?.body.flatMap((statement) => [...localNames(statement)]))
  const found: Node[] = []
  if (!program) return found
  walkTree(program, {
    enter(node) {
      if (node.type === 'JSXOpeningElement' && names.has(nameOf(node.name))) found.push(node)
    },
  })
  return found
}

import type { MagicString } from 'magic-string'
import type { Node, NodeOf, Program } from './ast.ts'
import { exportedFunctions } from './exported-functions.ts'
import { moduleExports, type ModuleExport } from './module-exports.ts'
import { registration, type Registration } from './registration.ts'
import type { Binding } from './scope.ts'
import type { Scopes } from './scopes.ts'

type Context = {
  path: string
  code: string
  program: Program
  scopes: Scopes
  hash: (text: string) => string
}

/**
 * Caches the exports of a `'use cache'` file of which only running the module tells what they are;
 * those that are written as functions are cached as inline functions are.
 *
 *     export const list = wrap(async () => …)
 *     export { load } from './load'
 *
 * becomes
 *
 *     export let list = wrap(async () => …);
 *     list = typeof list === "function" ? $$c.cache(list, "id", "label") : list;
 *     import { load as $$value_0 } from './load';
 *     const $$cached_0 = typeof $$value_0 === "function" ? $$c.cache($$value_0, …) : $$value_0;
 *     export { $$cached_0 as load };
 *
 * Returns how many there are.
 */
export function cacheExports(output: MagicString, context: Context): number {
  const { program, scopes } = context
  const registrations = registrationsByKey(context)
  const variables = new Map<Binding, Registration>()
  const others: CachedExport[] = []
  for (const exported of moduleExports(program)) {
    const found = registrations.get(exported.value.key)
    if (!found) continue
    const binding = scopes.module.bindings.get(exported.value.key)
    if (binding?.declaration.type === 'VariableDeclarator') variables.set(binding, found)
    else others.push({ ...exported, variable: `$$cached_${others.length}`, registration: found })
  }
  for (const [binding, found] of variables) assignCached(output, { binding, found, scopes })
  for (const exported of others) exportCached(output, exported)
  return registrations.size
}

type CachedExport = ModuleExport & { variable: string; registration: Registration }

function registrationsByKey(context: Context): Map<string, Registration> {
  const { path, code, program, scopes, hash } = context
  const unknown = exportedFunctions(program).filter(({ value }) => value.kind === 'unknown')
  return new Map(
    unknown.map(({ names: [name], value, statement }) => {
      const declaration = scopes.module.bindings.get(value.key)?.declaration
      const nodes: Node[] = [statement, ...(declaration ? [declaration] : [])]
      const source = nodes.map(({ start, end }) => code.slice(start, end))
      const label = `${path}#${name}`
      return [value.key, { kind: 'cache', id: `${label}:${hash(source.join('\n'))}`, label }]
    }),
  )
}

/** The variable gets the cached function as its value, so that the module itself uses that too. */
function assignCached(
  output: MagicString,
  { binding, found, scopes }: { binding: Binding; found: Registration; scopes: Scopes },
): void {
  const list = scopes.parents.get(binding.declaration)
  if (list?.type !== 'VariableDeclaration') return
  if (list.kind === 'const') output.update(list.start, list.start + 'const'.length, 'let')
  const parent = scopes.parents.get(list)
  const { end } = parent?.type === 'ExportNamedDeclaration' ? parent : list
  append(output, end, `${binding.name} = ${cachedValue(binding.name, found)};`)
}

function exportCached(output: MagicString, exported: CachedExport): void {
  const { statement } = exported
  if (statement.type === 'ExportDefaultDeclaration') cacheDefault(output, statement, exported)
  if (statement.type === 'ExportNamedDeclaration') cacheListed(output, statement, exported)
}

function cacheDefault(
  output: MagicString,
  { start, end, declaration }: NodeOf<'ExportDefaultDeclaration'>,
  { variable, registration: found }: CachedExport,
): void {
  output.update(start, declaration.start, `const ${variable} = `)
  append(output, end, `export default ${cachedValue(variable, found)};`)
}

function cacheListed(
  output: MagicString,
  { start, end, specifiers, source }: NodeOf<'ExportNamedDeclaration'>,
  { at, variable, registration: found }: CachedExport,
): void {
  const specifier = specifiers.find(({ exported }) => exported === at)
  if (!specifier) return
  const exported = output.original.slice(at.start, at.end)
  const local = output.original.slice(specifier.local.start, specifier.local.end)
  if (!source) {
    output.update(specifier.start, specifier.end, `${variable} as ${exported}`)
    append(output, end, `const ${variable} = ${cachedValue(local, found)};`)
    return
  }
  const value = variable.replace('cached', 'value')
  output.update(start, start + 'export'.length, 'import')
  output.update(specifier.start, specifier.end, `${local} as ${value}`)
  const text = `const ${variable} = ${cachedValue(value, found)};\nexport { ${variable} as ${exported} };`
  append(output, end, text)
}

/** Behind a statement, whose last function may move and would take with it what is appended to that. */
function append(output: MagicString, end: number, text: string): void {
  output.appendRight(end, `${output.original[end - 1] === ';' ? '' : ';'}\n${text}`)
}

function cachedValue(variable: string, found: Registration): string {
  return `typeof ${variable} === "function" ? ${registration(variable, found)} : ${variable}`
}

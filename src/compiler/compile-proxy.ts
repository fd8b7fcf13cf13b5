import type { FunctionIdentity } from '../wire/reference.ts'
import { readAuthoredModule, type ModuleOptions } from './authored-module.ts'
import { hasDirective } from './directives.ts'
import { exportedFunctions } from './exported-functions.ts'
import { identityOfExport } from './function-identity.ts'

export type ProxyOptions = ModuleOptions & {
  id: (identity: FunctionIdentity) => string
  /** The module that exports `createServerReference`. */
  runtime: string
}

export type ProxyModule = {
  code: string
  /** Says that nothing is mapped: with a map, a bundler would publish the source of the file. */
  map: { mappings: '' }
  exports: { name: string; id: string }[]
}

/**
 * Compiles a `'use server'` file for the graphs that a browser loads: nothing is left of it but a
 * reference for each function. An unused one is dropped by the bundler.
 *
 *     'use server'
 *     import { db } from './db'
 *     export async function create(data) { await db.insert(data) }
 *     export { create as default }
 *
 * becomes
 *
 *     import { createServerReference } from "volley/runtime";
 *     const $$reference_0 = /* #__PURE__ *\/ createServerReference("id", "create");
 *     export { $$reference_0 as create, $$reference_0 as default };
 *
 * `null` for every other module; those are checked for inline server functions all the same.
 * @throws CompileError
 */
export function compileProxy(code: string, options: ProxyOptions): ProxyModule | null {
  if (!readAuthoredModule(code, options, 'client')) return null
  const program = options.parse(code, 'js')
  if (!hasDirective(program.body, 'use server')) return null
  const exports: ProxyModule['exports'] = []
  const references = exportedFunctions(program).map((fn, index) => {
    const id = options.id(identityOfExport(fn, options.path))
    exports.push(...fn.names.map((name) => ({ name, id })))
    return reference(`$$reference_${index}`, { id, names: fn.names })
  })
  const runtime = `import { createServerReference } from ${JSON.stringify(options.runtime)};\n`
  return { code: runtime + references.join(''), map: { mappings: '' }, exports }
}

function reference(variable: string, { id, names }: { id: string; names: string[] }): string {
  const value = `createServerReference(${JSON.stringify(id)}, ${JSON.stringify(names[0])})`
  const list = names.map((name) => `${variable} as ${name}`).join(', ')
  return `const ${variable} = /* #__PURE__ */ ${value};\nexport { ${list} };\n`
}

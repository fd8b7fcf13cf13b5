import { transformModuleExportEffect } from '@vitejs/plugin-rsc/transforms'
import { MagicString, type SourceMap } from 'magic-string'
import type { FunctionIdentity } from '../wire/reference.ts'
import type { Program } from './ast.ts'
import { readAuthoredModule, type AuthoredModule, type ModuleOptions } from './authored-module.ts'
import { findCaptureProblem } from './check-captures.ts'
import { directivesOf, hasDirective } from './directives.ts'
import { exportedFunctions, exportedNodes } from './exported-functions.ts'
import { identitiesOfInline, identityOfExport, type IdentityOptions } from './function-identity.ts'
import { hoistFunctions, registerInPlace, registration, type RegisteredFunction } from './hoist.ts'
import { findInlineFunctions } from './inline-functions.ts'
import { analyzeScopes, type Scopes } from './scopes.ts'

export type ServerOptions = ModuleOptions &
  Pick<IdentityOptions, 'hash' | 'mode'> & {
    id: (identity: FunctionIdentity) => string
    /** The module that exports `register`, `seal` and `open`. */
    runtime: string
    /** Whether anybody imports an export of a `'use server'` file by this name. */
    isReachable?: (exportName: string) => boolean
  }

export type CompiledFunction = FunctionIdentity & {
  id: string
  /** What to import from the compiled module. */
  exportName: string
  /** Every name that the file exports it by; none for an inline function. */
  exportNames: string[]
  /** Whether it is an export of a `'use server'` file, rather than an inline function. */
  exported: boolean
  /** In the file as its author wrote it, counted from 1. */
  line: number
}

export type CompiledModule = { code: string; map: SourceMap; functions: CompiledFunction[] }

/**
 * Compiles a module for the graph that renders on the server: its server functions are registered
 * under their ids, and inline ones become exports of the module. Types and JSX must be gone.
 *
 *     'use server'
 *     export async function create(data) { … }
 *
 * becomes
 *
 *     import * as $$v from "volley/runtime";
 *     async function create(data) { … }
 *     $$v.register(create, "id", "app/actions.ts#create");
 *     export { create };
 *
 * For inline functions see `hoistFunctions`. `null` for a module without server functions.
 * @throws CompileError
 */
export function compileServer(code: string, options: ServerOptions): CompiledModule | null {
  const authored = readAuthoredModule(code, options, 'server')
  if (!authored) return null
  const program = options.parse(code, 'js')
  const scopes = analyzeScopes(program)
  const context = { code, program, scopes, options, authored }
  const inline = identifyInline(context)
  const isServerFile = hasDirective(program.body, 'use server')
  if (!isServerFile && inline.length === 0) return null

  const functions: CompiledFunction[] = []
  const output = isServerFile ? registerExports(context, functions) : new MagicString(code)
  hoistFunctions(output, inline, scopes)
  const inPlace = inline.map(registerInPlace).join('')
  output.prepend(`import * as $$v from ${JSON.stringify(options.runtime)};\n${inPlace}`)
  functions.push(...inline.map(({ compiled }) => compiled))
  const map = output.generateMap({ hires: 'boundary', source: options.path, includeContent: true })
  return { code: output.toString(), map, functions }
}

type Context = {
  code: string
  program: Program
  scopes: Scopes
  options: ServerOptions
  authored: AuthoredModule
}

type IdentifiedFunction = RegisteredFunction & { compiled: CompiledFunction }

function identifyInline({
  code,
  program,
  scopes,
  options,
  authored,
}: Context): IdentifiedFunction[] {
  const found = findInlineFunctions(program, scopes, exportedNodes(program))
  const wrong = findCaptureProblem(found, scopes)
  if (wrong) throw authored.errorInInline(found.indexOf(wrong.fn), wrong.problem)
  const identities = identitiesOfInline(found, { ...options, code })
  return found.flatMap((fn, index) => {
    const identity = identities[index]
    if (!identity) return []
    const id = options.id(identity)
    const line = authored.lineOfInline(index)
    const names = { exportName: fn.hoisted, exportNames: [], exported: false }
    return [{ ...fn, id, label: labelOf(identity), compiled: { ...identity, id, line, ...names } }]
  })
}

/** Registers the exports of a `'use server'` file and lists them in `functions`. */
function registerExports(
  { code, program, options, authored }: Context,
  functions: CompiledFunction[],
): MagicString {
  const isReachable = options.isReachable ?? (() => true)
  for (const fn of exportedFunctions(program)) {
    if (!fn.names.some(isReachable)) continue
    const identity = identityOfExport(fn, options.path)
    functions.push({
      ...identity,
      id: options.id(identity),
      exportName: fn.names[0],
      exportNames: fn.names,
      exported: true,
      line: authored.lineOfExport(fn.names[0]),
    })
  }
  const byName = new Map(functions.map((fn) => [fn.exportName, fn]))
  const { output } = transformModuleExportEffect(code, program, {
    filter: (name) => byName.has(name),
    generate({ binding, exportName }) {
      const fn = byName.get(exportName)
      return fn ? registration(binding, { id: fn.id, label: labelOf(fn) }) : ''
    },
  })
  for (const { text, statement } of directivesOf(program.body)) {
    if (text === 'use server') output.remove(statement.start, statement.end)
  }
  return output
}

function labelOf({ path, name }: FunctionIdentity): string {
  return `${path}#${name}`
}

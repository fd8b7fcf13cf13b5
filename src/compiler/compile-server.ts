import { transformModuleExportEffect } from '@vitejs/plugin-rsc/transforms'
import { MagicString, type SourceMap } from 'magic-string'
import type { FunctionIdentity } from '../wire/reference.ts'
import type { Program } from './ast.ts'
import { readAuthoredModule, type AuthoredModule, type ModuleOptions } from './authored-module.ts'
import { findCachedCalls, identifyCachedCalls, mayCallCached } from './cached-calls.ts'
import { cacheExports } from './cached-exports.ts'
import { findCaptureProblem } from './check-captures.ts'
import { functionDirective } from './directives.ts'
import { exportedFunctions } from './exported-functions.ts'
import {
  identitiesOfInline,
  identityOfExport,
  registrationsOfCached,
  type IdentityOptions,
} from './function-identity.ts'
import { hoistFunctions } from './hoist.ts'
import { findInlineFunctions } from './inline-functions.ts'
import { parseSource } from './parse-source.ts'
import { registerInPlace, registration, type RegisteredFunction } from './registration.ts'
import { analyzeScopes, type Scopes } from './scopes.ts'

export type ServerOptions = ModuleOptions &
  Pick<IdentityOptions, 'hash' | 'mode'> & {
    id: (identity: FunctionIdentity) => string
    /** The module that exports `register`, `seal` and `open`. */
    runtime: string
    /** The module that exports `cache` and `at`. */
    cacheRuntime: string
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
 * under their ids, and inline ones become exports of the module; its cached functions are wrapped.
 * Types and JSX must be gone.
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
 * For inline functions see `hoistFunctions`, for the exports of a `'use cache'` file `cacheExports`.
 * `null` for a module that has no server functions, no cached ones, and no calls of `cached()`.
 * @throws CompileError
 */
export function compileServer(code: string, options: ServerOptions): CompiledModule | null {
  const authored = readAuthoredModule(code, options, 'server')
  if (!authored && !mayCallCached(code)) return null
  const program = parseSource(
    { path: options.path, code },
    { parse: options.parse, language: 'js' },
  )
  if (!program) return null
  const context = { code, program, scopes: analyzeScopes(program), options }
  const { servers, cached } = authored ? identifyInline(context, authored) : noFunctions
  const { output, ...exports } = compileExports(context, authored)
  const calls = findCachedCalls(context.scopes, { ...options, code })
  const usesCache = exports.usesCache || cached.length + calls.length > 0
  const usesServer = exports.usesServer || servers.length > 0
  if (!usesServer && !usesCache) return null

  const inline = [...servers, ...cached].toSorted((a, b) => a.node.start - b.node.start)
  hoistFunctions(output, inline, context.scopes)
  identifyCachedCalls(output, calls)
  const imports = [
    usesServer ? importOf('$$v', options.runtime) : '',
    usesCache ? importOf('$$c', options.cacheRuntime) : '',
  ]
  output.prepend([...imports, ...inline.map(registerInPlace)].join(''))
  const functions = [...exports.functions, ...servers.map(({ compiled }) => compiled)]
  const map = output.generateMap({ hires: 'boundary', source: options.path, includeContent: true })
  return { code: output.toString(), map, functions }
}

type Context = { code: string; program: Program; scopes: Scopes; options: ServerOptions }

type ServerFunction = RegisteredFunction & { compiled: CompiledFunction }

type InlineFunctions = { servers: ServerFunction[]; cached: RegisteredFunction[] }

const noFunctions: InlineFunctions = { servers: [], cached: [] }

function identifyInline(
  { code, program, scopes, options }: Context,
  authored: AuthoredModule,
): InlineFunctions {
  const found = findInlineFunctions(program, scopes)
  const wrong = findCaptureProblem(found, scopes)
  if (wrong) throw authored.errorInInline(found.indexOf(wrong.fn), wrong.problem)
  const servers = found.filter(({ kind }) => kind === 'server')
  const cached = found.filter(({ kind }) => kind === 'cache')
  const identities = identitiesOfInline(servers, { ...options, code })
  const registrations = registrationsOfCached(cached, { ...options, code })
  return {
    servers: servers.flatMap((fn, index) => {
      const identity = identities[index]
      if (!identity) return []
      const id = options.id(identity)
      const line = authored.lineOfInline(found.indexOf(fn))
      const names = { exportName: fn.hoisted, exportNames: [], exported: false }
      const compiled = { ...identity, id, line, ...names }
      return [{ ...fn, id, label: labelOf(identity), compiled }]
    }),
    cached: cached.flatMap((fn, index) => {
      const known = registrations[index]
      return known ? [{ ...fn, ...known }] : []
    }),
  }
}

type CompiledExports = {
  output: MagicString
  functions: CompiledFunction[]
  usesServer: boolean
  usesCache: boolean
}

/** What the directive of a file makes of its exports. */
function compileExports(context: Context, authored: AuthoredModule | null): CompiledExports {
  const { code, program } = context
  const file = authored && functionDirective(program.body)
  const exports: CompiledExports = {
    output: new MagicString(code),
    functions: [],
    usesServer: file?.kind === 'server',
    usesCache: false,
  }
  if (!file) return exports
  if (file.kind === 'server') exports.output = registerExports(context, { authored, ...exports })
  else exports.usesCache = cacheExports(exports.output, { ...context, ...context.options }) > 0
  exports.output.remove(file.statement.start, file.statement.end)
  return exports
}

/** Registers the exports of a `'use server'` file and lists them in `functions`. */
function registerExports(
  { code, program, options }: Context,
  { authored, functions }: { authored: AuthoredModule; functions: CompiledFunction[] },
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
      return fn ? registration(binding, { kind: 'server', id: fn.id, label: labelOf(fn) }) : ''
    },
  })
  return output
}

function importOf(name: string, from: string): string {
  return `import * as ${name} from ${JSON.stringify(from)};\n`
}

function labelOf({ path, name }: FunctionIdentity): string {
  return `${path}#${name}`
}

import type { CompiledModule } from '../../src/compiler/compile-server.ts'
import { serverModule, type Choice } from './compile.ts'
import { createFakeServer, runModule, type Exports, type FakeServer } from './run-module.ts'

export type Running = FakeServer & { exports: Exports; compiled: CompiledModule }

/** Elements that are plain data, so that a test can take references out of them. */
const jsx = (type: unknown, props: object): object => ({ type, ...props })
const jsxRuntime = { jsx, jsxs: jsx, Fragment: 'fragment' }

/** Compiles a module for the server's graph and evaluates it. */
export async function runServerModule(
  source: string,
  { modules = {}, ...choice }: Choice & { modules?: Record<string, Record<string, unknown>> } = {},
): Promise<Running> {
  const compiled = await serverModule(source, choice)
  if (!compiled) throw new Error('the module has no server functions')
  const server = createFakeServer()
  const exports = await runModule(compiled.code, {
    runtime: server.runtime,
    'react/jsx-runtime': jsxRuntime,
    ...modules,
  })
  return { ...server, exports, compiled }
}

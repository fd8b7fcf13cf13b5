import { createHash } from 'node:crypto'
import { parseAst, transformWithOxc } from 'vite'
import type { Parse } from '../../src/compiler/ast.ts'
import { compileProxy, type ProxyModule } from '../../src/compiler/compile-proxy.ts'
import { compileServer } from '../../src/compiler/compile-server.ts'
import type { CompiledModule, ServerOptions } from '../../src/compiler/compile-server.ts'
import { withArity } from '../../src/wire/reference.ts'

export const parse: Parse = (code, lang) => parseAst(code, { lang })

/** Ids as they are in development, so that fixtures can be read. */
const options = {
  parse,
  id: ({ path, name, arity }) => withArity(`${path}#${name}`, arity),
  hash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 12),
  runtime: 'runtime',
  cacheRuntime: 'cache-runtime',
  mode: 'development',
} satisfies Omit<ServerOptions, 'path'>

/** A module as Vite's own transform leaves it for plugins: without types and JSX. */
export async function withoutTypes(code: string, path: string): Promise<string> {
  const jsx = { runtime: 'automatic', development: false } as const
  return (await transformWithOxc(code, path, { jsx, sourcemap: false })).code
}

export type Choice = Partial<Omit<ServerOptions, 'path' | 'original'>> & {
  path?: string
  /** Leaves out Vite's own transform, which would print the text anew. */
  asIs?: boolean
}

export async function serverModule(
  original: string,
  { path = 'app/page.tsx', asIs = false, ...rest }: Choice = {},
): Promise<CompiledModule | null> {
  const code = asIs ? original : await withoutTypes(original, path)
  return compileServer(code, { ...options, ...rest, path, original })
}

export async function proxyModule(
  original: string,
  { path = 'app/actions.ts', asIs = false, ...rest }: Choice = {},
): Promise<ProxyModule | null> {
  const code = asIs ? original : await withoutTypes(original, path)
  return compileProxy(code, { ...options, ...rest, path, original })
}

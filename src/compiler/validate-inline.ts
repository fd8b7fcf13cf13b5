import type { FunctionNode, Node } from './ast.ts'
import { CompileError, type Problem, type SourceFile } from './compile-error.ts'
import type { FunctionKind } from './directives.ts'
import { nameOfFunction } from './function-name.ts'
import { checkFunction } from './validate-function.ts'

/** Why a module's code reaches the browser: it says so, or code that does imports it. */
export type ClientReason = 'directive' | 'import'

type Context = {
  kind: FunctionKind
  parents: ReadonlyMap<Node, Node | null>
  source: SourceFile
  client: ClientReason | null
}

/** A function with a directive of its own must be in a place where it can have one. */
export function checkInlineFunction(node: FunctionNode, context: Context): void {
  const { kind, parents, source, client } = context
  const name = nameOfFunction(node, parents) || 'this function'
  if (client) {
    const problem =
      kind === 'server' ? inlineInClient(name, client) : cacheInClient(`${name} is in`, client)
    throw new CompileError(source, { ...problem, at: node })
  }
  const member = forbiddenMember(parents.get(node) ?? null)
  if (member) {
    const { text, fix } = classMember[kind]
    throw new CompileError(source, {
      code: 'class-member',
      text: text.replace('…', member),
      fix,
      at: parents.get(node) ?? node,
    })
  }
  checkFunction(node, { kind, name, source })
}

/** A `'use cache'` file has nothing that a browser could run or call. */
export function checkCacheFile(
  directive: Node,
  { source, client }: { source: SourceFile; client: ClientReason },
): void {
  throw new CompileError(source, { ...cacheInClient('this file is', client), at: directive })
}

const classMember: Record<FunctionKind, { text: string; fix: string }> = {
  server: {
    text: 'A server function cannot be …: a call from a browser has no object to run it on.',
    fix: 'Make it a static method or a function outside, and pass what it needs as arguments.',
  },
  cache: {
    text: 'A cached function cannot be …: what it reads of its object would be no part of its key.',
    fix: 'Make it a static method or a function outside, and pass what it needs as arguments.',
  },
}

type InClient = Omit<Problem, 'at'>

function inlineInClient(name: string, client: ClientReason): InClient {
  return {
    code: 'inline-in-client',
    text: `It is not allowed to define inline server functions in Client Components: ${name} is in ${placeOf(client)}.`,
    fix:
      "Move it to a file that starts with 'use server' and import it from there, or pass it as a " +
      'prop from a Server Component.',
  }
}

function cacheInClient(subject: string, client: ClientReason): InClient {
  return {
    code: 'cache-in-client',
    text: `Cached functions run on the server, but ${subject} ${placeOf(client)}.`,
    fix:
      'Move what is cached to a module that only Server Components import, and pass its results ' +
      "as props, or call it from a function of a 'use server' file.",
  }
}

function placeOf(client: ClientReason): string {
  return client === 'directive' ? "a 'use client' file" : 'a module that Client Components import'
}

/** What a method is, if its function can have no directive; `null` for functions and static methods. */
function forbiddenMember(parent: Node | null): string | null {
  if (parent?.type === 'Property') return accessor(parent.kind)
  if (parent?.type !== 'MethodDefinition') return null
  if (parent.kind === 'constructor') return 'a constructor'
  if (parent.key.type === 'PrivateIdentifier') return 'a private method'
  return accessor(parent.kind) ?? (parent.static ? null : 'a method of instances')
}

function accessor(kind: string): string | null {
  if (kind === 'get') return 'a getter'
  return kind === 'set' ? 'a setter' : null
}

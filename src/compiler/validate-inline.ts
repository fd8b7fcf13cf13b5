import type { FunctionNode, Node } from './ast.ts'
import { CompileError, type SourceFile } from './compile-error.ts'
import { nameOfFunction } from './function-name.ts'
import { checkServerFunction } from './validate-function.ts'

/** Why a module's code reaches the browser: it says so, or code that does imports it. */
export type ClientReason = 'directive' | 'import'

type Context = {
  parents: ReadonlyMap<Node, Node | null>
  source: SourceFile
  client: ClientReason | null
}

/** A function with a `'use server'` of its own must be in a place where it can have one. */
export function checkInlineFunction(node: FunctionNode, context: Context): void {
  const { parents, source, client } = context
  const name = nameOfFunction(node, parents) || 'this function'
  if (client) throw new CompileError(source, inlineInClient(node, { name, client }))
  const member = forbiddenMember(parents.get(node) ?? null)
  if (member) {
    throw new CompileError(source, {
      code: 'class-member',
      text: `A server function cannot be ${member}: a call from a browser has no object to run it on.`,
      fix: 'Make it a static method or a function outside, and pass what it needs as arguments.',
      at: parents.get(node) ?? node,
    })
  }
  checkServerFunction(node, { name, source })
}

function inlineInClient(
  node: FunctionNode,
  { name, client }: { name: string; client: ClientReason },
): ConstructorParameters<typeof CompileError>[1] {
  const where =
    client === 'directive' ? "a 'use client' file" : 'a module that Client Components import'
  return {
    code: 'inline-in-client',
    text: `It is not allowed to define inline server functions in Client Components: ${name} is in ${where}.`,
    fix:
      "Move it to a file that starts with 'use server' and import it from there, or pass it as a " +
      'prop from a Server Component.',
    at: node,
  }
}

/** What a method is, if a server function cannot be that; `null` for functions and static methods. */
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

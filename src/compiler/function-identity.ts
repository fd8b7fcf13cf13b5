import type { FunctionIdentity } from '../wire/reference.ts'
import { captureNames } from './captures.ts'
import { arityOf, parameterCount, type ExportedFunction } from './exported-functions.ts'
import type { InlineFunction } from './inline-function.ts'
import type { Registration } from './registration.ts'

export type IdentityOptions = {
  path: string
  code: string
  hash: (text: string) => string
  /**
   * Ids in development are made without the hash, so functions of one name are told apart by their
   * order; in production only those are that have the same source and captures too.
   */
  mode: 'development' | 'production'
}

export function identityOfExport(fn: ExportedFunction, path: string): FunctionIdentity {
  return { path, name: fn.names[0], hash: '', arity: arityOf(fn) }
}

/** The identities of a module's inline functions, each different from the others. */
export function identitiesOfInline(
  functions: readonly InlineFunction[],
  { path, code, hash, mode }: IdentityOptions,
): FunctionIdentity[] {
  const seen = new Map<string, number>()
  return functions.map((fn) => {
    const source = code.slice(fn.node.start, fn.node.end)
    const digest = hash(JSON.stringify([source, ...fn.captures.flatMap(captureNames)]))
    const key = mode === 'development' ? fn.name : `${fn.name}#${digest}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    const name = count === 1 ? fn.name : `${fn.name}~${count}`
    return { path, name, hash: digest, arity: inlineArity(fn) }
  })
}

/**
 * What cached functions are kept under. An edited one computes again, in development too, so its
 * source is part of every id.
 */
export function registrationsOfCached(
  functions: readonly InlineFunction[],
  options: Omit<IdentityOptions, 'mode'>,
): Registration[] {
  const identities = identitiesOfInline(functions, { ...options, mode: 'production' })
  return identities.map(({ path, name, hash }) => ({
    kind: 'cache',
    id: `${path}#${name}:${hash}`,
    label: `${path}#${name}`,
  }))
}

/** What a function captured arrives as one more argument, before those of the caller. */
function inlineArity({ node, captures }: InlineFunction): number | null {
  const count = parameterCount(node)
  return count === null || captures.length === 0 ? count : count + 1
}

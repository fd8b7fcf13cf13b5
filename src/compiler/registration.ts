import { captureExpression, type Capture } from './captures.ts'
import type { FunctionKind } from './directives.ts'
import type { InlineFunction } from './inline-function.ts'

/** What the runtime knows a function by. */
export type Registration = { kind: FunctionKind; id: string; label: string }

/** An inline function with what it is registered under. */
export type RegisteredFunction = InlineFunction & Registration

/** `$$v.register(create, "id", "app/actions.ts#create")`; a cached function is wrapped: `$$c.cache(…)` */
export function registration(value: string, { kind, id, label }: Registration): string {
  const call = kind === 'server' ? '$$v.register' : '$$c.cache'
  return `${call}(${value}, ${JSON.stringify(id)}, ${JSON.stringify(label)})`
}

/** The registration of a function that is a declaration of the module: it stays where it is. */
export function registerInPlace(fn: RegisteredFunction): string {
  if (fn.site.kind !== 'module-declaration') return ''
  const { name } = fn.site.id
  if (fn.kind === 'server') {
    return `${registration(name, fn)};\nexport { ${name} as ${fn.hoisted} };\n`
  }
  // Whoever uses it, itself included, uses the variable that its declaration makes.
  return `${name} = ${registration(name, fn)};\n`
}

type ValueOf = (capture: Capture) => string

/**
 * The expression that makes a function of its captures. They are its first argument: sealed where
 * a browser holds it, and a part of the key where it is cached.
 */
export function boundFunction(fn: RegisteredFunction, valueOf: ValueOf): string {
  if (fn.kind === 'cache') return boundCached(fn, valueOf)
  const sealed = `$$v.seal(${listOf(fn, valueOf)}, ${JSON.stringify(fn.id)})`
  return `${fn.hoisted}.bind(null, ${sealed})`
}

export function boundCached(fn: InlineFunction, valueOf: ValueOf): string {
  return `${fn.hoisted}.bind(null, ${listOf(fn, valueOf)})`
}

function listOf({ captures }: InlineFunction, valueOf: ValueOf): string {
  const values = captures.map((capture) => captureExpression(valueOf(capture), capture.paths))
  return `[${values.join(', ')}]`
}

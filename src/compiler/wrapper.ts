import { contains, type Identifier } from './ast.ts'
import type { InlineFunction } from './inline-function.ts'
import { boundCached, type RegisteredFunction } from './registration.ts'

/**
 * What goes before and behind a function that captures variables, where it was moved: around it,
 * they have the names of the source again, and so have the functions that were made of others.
 */
export function wrapperOf(fn: RegisteredFunction): [open: string, close: string] {
  if (fn.captures.length === 0) return ['', '']
  const argument = fn.kind === 'server' ? '$$sealed' : '$$captured'
  // A promise that was bound by a page comes back from the browser as a promise.
  const values =
    fn.kind === 'server' ? `await $$v.open(${argument}, ${JSON.stringify(fn.id)})` : argument
  const names = fn.captures.map(({ binding }) => binding.name).join(', ')
  const own = fn.own.filter((binding) => isUsedIn(binding.references, fn) || isRebound(binding, fn))
  const lines = [
    `let [${names}] = ${values};`,
    ...own.map(({ name }) => `const ${name} = ${fn.hoisted}.bind(null, ${argument});`),
    ...fn.rebound.map(({ binding, fn: cached }) => {
      const value = boundCached(cached, (capture) => capture.binding.name)
      return `const ${binding.name} = ${value};`
    }),
  ]
  const head = fn.node.generator
    ? `async function* (${argument}, ...$$args) {`
    : `async (${argument}, ...$$args) => {`
  const call = fn.node.generator ? 'return yield* (' : 'return ('
  return [[head, ...lines, call].join('\n  '), ')(...$$args);\n}']
}

export function usesItself(fn: InlineFunction): boolean {
  return fn.own.some(({ references }) => isUsedIn(references, fn))
}

function isUsedIn(references: readonly Identifier[], fn: InlineFunction): boolean {
  return references.some((at) => contains(fn.node, at))
}

/** Whether a cached function that is made again captures the function itself. */
function isRebound(binding: InlineFunction['own'][number], fn: InlineFunction): boolean {
  return fn.rebound.some(({ fn: cached }) =>
    cached.captures.some((capture) => capture.binding === binding),
  )
}

import type { MagicString } from 'magic-string'
import { nameOf, statementsOf } from './ast.ts'
import { lazyName, planReferences, type References } from './declaration-form.ts'
import { directivesOf, kindOfDirective } from './directives.ts'
import type { Site } from './inline-function.ts'
import { boundFunction, registration, type RegisteredFunction } from './registration.ts'
import type { Scopes } from './scopes.ts'
import { usesItself, wrapperOf } from './wrapper.ts'

/**
 * Moves inline functions to the top of their module, where they are registered once. What
 * they capture is sealed in their place, and opened again around the function as it was written,
 * so that its parameters and their defaults see the captured variables too.
 *
 *     export default function Page({ post }) {
 *       return jsx('form', { action: async (data) => { 'use server'; await save(post.id, data) } })
 *     }
 *
 * becomes
 *
 *     export const $$hoist_0_action = $$v.register(async ($$sealed, ...$$args) => {
 *       let [post] = await $$v.open($$sealed, "id");
 *       return (async (data) => { await save(post.id, data) })(...$$args);
 *     }, "id", "app/page.tsx#Page.action");
 *     export default function Page({ post }) {
 *       return jsx('form', {
 *         action: $$hoist_0_action.bind(null, $$v.seal([post == null ? post : { id: post.id }], "id"))
 *       })
 *     }
 *
 * A cached function becomes `const $$hoist_0_list = $$c.cache(async ($$captured, ...$$args) => …)`,
 * bound to the plain list of what it captures.
 */
export function hoistFunctions(
  output: MagicString,
  functions: readonly RegisteredFunction[],
  scopes: Scopes,
): void {
  const references = planReferences(functions, scopes)
  for (const { at, binding } of scopes.references) {
    const text = references.replacement(binding, at)
    if (text === null) continue
    const parent = scopes.parents.get(at)
    const isShorthand = parent?.type === 'Property' && parent.shorthand
    output.update(at.start, at.end, isShorthand ? `${at.name}: ${text}` : text)
  }
  for (const fn of functions) {
    for (const { text, statement } of directivesOf(statementsOf(fn.node))) {
      if (kindOfDirective(text)) output.remove(statement.start, statement.end)
    }
    if (fn.site.kind !== 'module-declaration') moveToTop(output, fn, references)
  }
}

function moveToTop(output: MagicString, fn: RegisteredFunction, references: References): void {
  const { node } = fn
  const start = leaveBehind(output, fn, references)
  const [before = '', after = ''] = registration('\0', fn).split('\0')
  const [open, close] = wrapperOf(fn)
  const statement = fn.kind === 'server' ? 'export const' : 'const'
  const keyword =
    fn.site.kind === 'method' ? `async function${node.generator ? '*' : ''} ` : 'async'
  output.prependRight(start, `${statement} ${fn.hoisted} = ${before}${open}${keyword}`)
  output.appendLeft(node.end, `${close}${after};\n`)
  output.move(start, node.end, 0)
  // Around it, the name is the reference; its own would hide that behind the bare function.
  if (fn.captures.length > 0 && node.id && usesItself(fn)) output.remove(node.id.start, node.id.end)
}

/** Puts the reference where the function was. Returns where the part begins that moves. */
function leaveBehind(
  output: MagicString,
  fn: RegisteredFunction,
  { formOf, replacement }: References,
): number {
  const { node, site } = fn
  if (site.kind === 'method') {
    leaveProperty(output, site, creation(fn, replacement))
    return node.start
  }
  const end = node.start + 'async'.length
  const text = leftBehind(fn, { form: formOf(fn), value: creation(fn, replacement) })
  if (text === '') output.remove(node.start, end)
  else output.update(node.start, end, text)
  return end
}

function leftBehind(
  fn: RegisteredFunction,
  { form, value }: { form: ReturnType<References['formOf']>; value: string },
): string {
  if (fn.site.kind === 'default-export') return `${value};`
  if (fn.site.kind !== 'declaration') return value
  if (form === 'name') return ''
  if (form === 'variable') return `let ${fn.site.binding.name} = ${value};`
  const lazy = lazyName(fn)
  return `function ${lazy}() { return ${lazy}.reference ??= ${value}; }`
}

/** `async create(x) {…}` becomes `create: …` in an object and `static create = …;` in a class. */
function leaveProperty(
  output: MagicString,
  { method }: Extract<Site, { kind: 'method' }>,
  value: string,
): void {
  const { key, computed } = method
  const isStatic = method.type === 'MethodDefinition'
  const before = `${isStatic ? 'static ' : ''}${computed ? '[' : ''}`
  if (before === '') output.remove(method.start, key.start)
  else output.update(method.start, key.start, before)
  // As plain names these two would mean something else in a field or a property.
  if (!computed && ['__proto__', 'constructor'].includes(nameOf(key))) {
    output.update(key.start, key.end, `[${JSON.stringify(nameOf(key))}]`)
  }
  output.appendLeft(method.value.start, isStatic ? ` = ${value};` : `: ${value}`)
}

/** The expression that makes the reference: the function, with its captures bound to it. */
function creation(fn: RegisteredFunction, replacement: References['replacement']): string {
  if (fn.captures.length === 0) return fn.hoisted
  return boundFunction(fn, ({ binding }) => replacement(binding, fn.node) ?? binding.name)
}

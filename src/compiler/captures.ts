import { contains, type FunctionNode, type Identifier, type Node } from './ast.ts'
import { isOutside, type Binding } from './scope.ts'
import type { Scopes } from './scopes.ts'

/** A variable around a function, and which of its properties the function uses. */
export type Capture = {
  binding: Binding
  /** `[['id'], ['author', 'name']]`; one empty path means the value itself. */
  paths: string[][]
}

/**
 * What a function uses of the functions and blocks around it. Variables of the module are left
 * out: they are there wherever the function runs.
 */
export function capturesOf(node: FunctionNode, scopes: Scopes): Capture[] {
  const inner = scopes.scopeOf.get(node)
  const captures = new Map<Binding, Capture>()
  for (const { at, binding } of scopes.references) {
    if (!inner || !contains(node, at) || binding.scope === scopes.module) continue
    if (!isOutside(binding.scope, inner)) continue
    addCapture(captures, { binding, paths: [pathOf(at, scopes.parents)] })
  }
  return [...captures.values()]
}

/** Every use in a part of a module of what is declared around the part, but not in the module itself. */
export function usesOf(part: Node, scopes: Scopes): (Capture & { at: Identifier })[] {
  const uses = scopes.references.filter(({ at, binding }) => {
    const isAround = binding.scope !== scopes.module && !contains(part, binding.at)
    return isAround && contains(part, at)
  })
  return uses.map(({ at, binding }) => ({ at, binding, paths: [pathOf(at, scopes.parents)] }))
}

/** Adds a capture to those of the same function. */
export function addCapture(captures: Map<Binding, Capture>, { binding, paths }: Capture): void {
  const known = captures.get(binding)?.paths ?? []
  captures.set(binding, { binding, paths: paths.reduce(withPath, known) })
}

/** How messages and ids name a capture: `post.id`, `post.author.name`. */
export function captureNames({ binding, paths }: Capture): string[] {
  return paths.map((path) => [binding.name, ...path].join('.'))
}

/**
 * The expression that holds no more of a variable than what is used: for `post.id` and
 * `post.author.name` it is
 *
 *     post == null ? post : {
 *       id: post.id, author: post.author == null ? post.author : { name: post.author.name }
 *     }
 *
 * A component may hide a form until `post` has a value, so that reading it here must not throw.
 */
export function captureExpression(value: string, paths: string[][]): string {
  if (paths.some((path) => path.length === 0)) return value
  const names = new Set(paths.flatMap(([name]) => name ?? []))
  const properties = [...names].map((name) => {
    const rest = paths.filter((path) => path[0] === name).map((path) => path.slice(1))
    // `__proto__: value` would set the prototype instead.
    const key = name === '__proto__' ? '["__proto__"]' : name
    return `${key}: ${captureExpression(`${value}.${name}`, rest)}`
  })
  return `${value} == null ? ${value} : { ${properties.join(', ')} }`
}

/** Adds a path, unless the paths hold it as part of a shorter one; drops those it makes needless. */
function withPath(paths: string[][], path: string[]): string[][] {
  if (paths.some((other) => startsWith(path, other))) return paths
  return [...paths.filter((other) => !startsWith(other, path)), path]
}

function startsWith(path: string[], prefix: string[]): boolean {
  return prefix.every((name, index) => path[index] === name)
}

/** The properties read of a variable. A method is called on its object, so that is what counts. */
function pathOf(at: Identifier, parents: ReadonlyMap<Node, Node | null>): string[] {
  const path: string[] = []
  let value: Node = at
  let parent = parents.get(value)
  while (parent?.type === 'MemberExpression' && parent.object === value && !parent.computed) {
    if (parent.property.type !== 'Identifier') break
    path.push(parent.property.name)
    value = parent
    parent = parents.get(value)
  }
  return isCalled(value, parent) ? path.slice(0, -1) : path
}

function isCalled(value: Node, parent: Node | null | undefined): boolean {
  if (parent?.type === 'CallExpression') return parent.callee === value
  return parent?.type === 'TaggedTemplateExpression' && parent.tag === value
}

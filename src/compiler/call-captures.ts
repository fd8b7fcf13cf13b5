import { contains, isFunction, statementsOf, type Node, type NodeOf } from './ast.ts'
import { addCapture, captureExpression, usesOf, type Capture } from './captures.ts'
import { functionDirective } from './directives.ts'
import { lookUp, type Binding, type Scope } from './scope.ts'
import type { Scopes } from './scopes.ts'
import { definitionOf, sourcesOf } from './variable-sources.ts'

export type CallCaptures = {
  /** An expression for the function that gives the values; '' if there are none. */
  captured: string
  /** Variables that count but cannot be read at the call. */
  hidden: string[]
}

/**
 * What the function that a call is given uses of the functions around the call. For
 * `cached(async () => db.orders(user.id))` the expression is
 *
 *     () => [user == null ? user : { id: user.id }]
 *
 * Functions and classes that it uses are looked through: what counts is what they use. Any other
 * variable counts as its value and, where that says too little, as what it was made of:
 *
 *     $$c.captured([[() => load, "user"]], [["user", () => user == null ? user : { id: user.id }]])
 */
export function callCaptures(call: NodeOf<'CallExpression'>, scopes: Scopes): CallCaptures {
  const [argument] = call.arguments
  if (!argument) return { captured: '', hidden: [] }
  const view = viewFrom(call, scopes)
  const { captures, hidden } = lookInto(partsOf(argument, view), view)
  const read = captures.map((capture) => `() => ${valueOf(capture)}`)
  const [madeOf, variables] = traceBack(captures, view)
  const given = givenNow(argument, scopes)
  if (variables.length + given.length > 0 || madeOf.some((names) => names.length > 0)) {
    const used = read.map((text, index) => `[${[text, ...(madeOf[index] ?? [])].join(', ')}]`)
    const lists = [[...used, ...given], variables].map((list) => `[${list.join(', ')}]`)
    return { captured: `$$c.captured(${lists.join(', ')})`, hidden }
  }
  const values = captures.map(valueOf)
  return { captured: values.length === 0 ? '' : `() => [${values.join(', ')}]`, hidden }
}

/** What can be read where a call is. */
type View = {
  scopes: Scopes
  isVisible: (binding: Binding) => boolean
  reaches: (part: Node) => boolean
}

function viewFrom(call: Node, scopes: Scopes): View {
  const around = scopeAround(call, scopes)
  const moved = movedAround(call, scopes)
  return {
    scopes,
    isVisible: (binding) => lookUp(binding.name, around) === binding,
    // A function that is moved to the top of its module takes along values, and what cached
    // functions use, but nothing of what others use.
    reaches: (part) => !moved || contains(moved, part) || isCacheFunction(part),
  }
}

/** A function that is given by its name is known by its text: what counts is what it was made of. */
function partsOf(argument: Node, { scopes, reaches }: View): Node[] {
  const use = scopes.references.find(({ at }) => at === argument)
  if (!use || use.binding.scope === scopes.module || definitionOf(use.binding)) return [argument]
  return sourcesOf(use.binding, scopes).filter(reaches)
}

/** The values that parts of the module use, be it through functions. */
function lookInto(parts: Node[], view: View): { captures: Capture[]; hidden: string[] } {
  const { scopes, isVisible, reaches } = view
  const captures = new Map<Binding, Capture>()
  const hidden = new Set<string>()
  const seen = new Set<Binding>()
  const add = (part: Node, isReached: boolean): void => {
    for (const capture of usesOf(part, scopes)) {
      const { binding } = capture
      if (!definitionOf(binding)) {
        if (isReached && isVisible(binding)) addCapture(captures, capture)
        else hidden.add(binding.name)
      } else if (!seen.has(binding)) {
        seen.add(binding)
        for (const source of sourcesOf(binding, scopes)) add(source, isReached && reaches(source))
      }
    }
  }
  for (const part of parts) add(part, true)
  return { captures: [...captures.values()], hidden: [...hidden] }
}

/** The names of what each of the captures was made of, and how all those are read. */
function traceBack(captures: readonly Capture[], view: View): [string[][], string[]] {
  const variables = new Map<Binding, Capture>()
  const names = new Map<Binding, string[]>()
  const next = captures.map(({ binding }) => binding)
  // It grows while it is read.
  for (const binding of next) {
    if (names.has(binding)) continue
    const sources = sourcesOf(binding, view.scopes).filter(view.reaches)
    const { captures: found, hidden } = lookInto(sources, view)
    const made = found.filter((capture) => capture.binding !== binding)
    for (const capture of made) addCapture(variables, capture)
    next.push(...made.map((capture) => capture.binding))
    names.set(binding, [
      ...made.map((capture) => JSON.stringify(capture.binding.name)),
      // In quotes it is no variable's name, and the error that follows shows it in quotes.
      ...hidden.map((name) => JSON.stringify(JSON.stringify(name))),
    ])
  }
  const madeOf = ({ binding }: Capture): string[] => names.get(binding) ?? []
  const readings = Array.from(variables.values(), (capture) => {
    const name = JSON.stringify(capture.binding.name)
    return `[${[name, `() => ${valueOf(capture)}`, ...madeOf(capture)].join(', ')}]`
  })
  return [captures.map(madeOf), readings]
}

/** Variables that have another value later, where the call is given the one of now. */
function givenNow(argument: Node, scopes: Scopes): string[] {
  const isNow = (at: Node): boolean => {
    for (let outer: Node | null = at; outer && outer !== argument;) {
      if (isFunction(outer)) return false
      outer = scopes.parents.get(outer) ?? null
    }
    return !isFunction(argument)
  }
  const given = usesOf(argument, scopes).filter(({ at, binding }) => binding.assigned && isNow(at))
  return given.map((capture) => `[((value) => () => value)(${valueOf(capture)})]`)
}

function valueOf({ binding, paths }: Capture): string {
  return captureExpression(binding.name, paths)
}

function scopeAround(node: Node, { parents, scopeOf, module }: Scopes): Scope {
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) {
    const scope = scopeOf.get(outer)
    if (scope) return scope
  }
  return module
}

function movedAround(node: Node, { parents }: Scopes): Node | null {
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) {
    if (isFunction(outer) && functionDirective(statementsOf(outer))) return outer
  }
  return null
}

function isCacheFunction(part: Node): boolean {
  const fn = part.type === 'VariableDeclarator' ? part.init : part
  return fn !== null && isFunction(fn) && functionDirective(statementsOf(fn))?.kind === 'cache'
}

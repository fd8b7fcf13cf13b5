import { addCapture, type Capture } from './captures.ts'
import { functionOf, type InlineFunction, type Rebound } from './inline-function.ts'
import type { Binding } from './scope.ts'

/**
 * Turns what each function uses into what it must be given where it runs. A function of a
 * directive that captures nothing is there by its hoisted name, and so is the function itself.
 * A cached function that captures something is no value that could be sealed or be part of a key:
 * what it captures is captured in its place, and it is made of that again.
 */
export function settleCaptures(functions: readonly InlineFunction[]): void {
  const needed = neededCaptures(functions)
  const settled = functions.map((fn) => {
    const captures = new Map<Binding, Capture>()
    const seen = new Set<InlineFunction>()
    const add = (from: InlineFunction): void => {
      seen.add(from)
      for (const capture of needed(from)) {
        const cached = cachedOf(capture.binding, functions)
        if (!cached) {
          if (!fn.own.includes(capture.binding)) addCapture(captures, capture)
        } else if (!seen.has(cached)) add(cached)
      }
    }
    add(fn)
    return { fn, captures: [...captures.values()], rebound: reboundIn(needed(fn)) }
  })
  for (const { fn, captures, rebound } of settled) Object.assign(fn, { captures, rebound })

  function reboundIn(captures: readonly Capture[]): Rebound[] {
    return captures.flatMap(({ binding }) => {
      const fn = cachedOf(binding, functions)
      return fn ? [{ binding, fn }] : []
    })
  }
}

/**
 * The captures of a function without itself and those that capture nothing. All functions count
 * as free of captures until one shows that they are not, so functions that call each other stay free.
 */
function neededCaptures(
  functions: readonly InlineFunction[],
): (fn: InlineFunction) => readonly Capture[] {
  const free = new Set(functions)
  const needed = (fn: InlineFunction): Capture[] =>
    fn.captures.filter(({ binding }) => {
      const captured = functionOf(binding, functions)
      return !fn.own.includes(binding) && !(captured && free.has(captured))
    })
  let changed = true
  while (changed) {
    const bound = [...free].filter((fn) => needed(fn).length > 0)
    for (const fn of bound) free.delete(fn)
    changed = bound.length > 0
  }
  return needed
}

function cachedOf(
  binding: Binding,
  functions: readonly InlineFunction[],
): InlineFunction | undefined {
  const fn = functionOf(binding, functions)
  return fn?.kind === 'cache' ? fn : undefined
}

type Reference = ((...args: never[]) => unknown) & {
  $$typeof?: unknown
  $$id?: unknown
  $$bound?: Bound | null
  /** In development: where it was written. */
  $$location?: unknown
}

/** A promise of the arguments that tells what it holds, in the way of React. */
type Bound = Promise<unknown[]> & { status: 'fulfilled'; value: unknown[] }

/**
 * Gives a server reference a `bind` in place of React's own, which makes the same at several times
 * the cost, and lets the renderer wait for what is bound. A list binds a reference for each item.
 */
export function ownBind<fn extends object>(reference: fn): fn {
  return Object.defineProperty(reference, 'bind', { value: bind, configurable: true })
}

/** The arguments that are bound to a reference. */
export function boundArguments(reference: (...args: never[]) => unknown): unknown[] {
  return (reference as Reference).$$bound?.value ?? []
}

function bind(this: Reference, self: unknown, ...args: unknown[]): Reference {
  const bound = Function.prototype.bind.call(this, self, ...args) as Reference
  bound.$$typeof = this.$$typeof
  bound.$$id = this.$$id
  bound.$$bound = fulfilled(this.$$bound ? [...this.$$bound.value, ...args] : args)
  bound.bind = bind
  if (this.$$location) bound.$$location = this.$$location
  return bound
}

function fulfilled(value: unknown[]): Bound {
  return Object.assign(Promise.resolve(value), { status: 'fulfilled' as const, value })
}

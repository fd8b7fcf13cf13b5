import { boundArguments } from './bind-reference.ts'
import { moduleEntry, provideModules } from './modules.ts'

/** One callable server function: its name for logs, and how to load it. */
export interface TableEntry {
  /** Path and name for people: `app/posts.ts#create`. */
  name: string
  load: () => Promise<unknown>
}

/** Every server function that may be called, by exact id. A build's table is a `Map`. */
export interface FunctionTable {
  get(id: string): TableEntry | undefined
}

/** A function as it stands in a `'use server'` module: called with whatever the caller sent. */
export type ServerFunction = (...args: unknown[]) => unknown

/** A reference names a function that is not in the table, or that was not loaded beforehand. */
export class UnknownReferenceError extends Error {
  override name = 'UnknownReferenceError'
}

const loaded = new Map<string, ServerFunction>()
/** A build's entries stay, so each is loaded once; in development every look-up makes a new entry. */
const loadedEntries = new WeakMap<TableEntry, ServerFunction>()
let table: FunctionTable = new Map()

/** Called once when the server starts: every later look-up goes to this table alone. */
export function installFunctionTable(functions: FunctionTable): void {
  table = functions
}

/**
 * Loads a function of the table, and makes it known to React's decoder under this id.
 * @throws UnknownReferenceError if the table does not hold the id, or its module no such function
 */
export async function loadFunction(id: string): Promise<ServerFunction> {
  const entry = table.get(id)
  if (!entry) throw unknownReference(id)
  const known = loadedEntries.get(entry)
  const value = known ?? (await entry.load())
  if (!isServerFunction(value)) {
    throw new UnknownReferenceError(`${entry.name} is not a server function but ${typeof value}`)
  }
  if (!known) loadedEntries.set(entry, value)
  // Also for a known entry: each key of the ring gives it an id of its own.
  loaded.set(id, value)
  return value
}

/** Loads all of the ids. @throws UnknownReferenceError before the first, if the table lacks one */
export async function loadFunctions(ids: readonly string[]): Promise<void> {
  const unknown = ids.find((id) => table.get(id) === undefined)
  if (unknown !== undefined) throw unknownReference(unknown)
  await loadKnownFunctions(ids)
}

/** Loads those of the ids that the table holds; the others are no references. */
export async function loadKnownFunctions(ids: Iterable<string>): Promise<void> {
  const known = [...new Set(ids)].filter((id) => table.get(id) !== undefined)
  await Promise.all(known.map(loadFunction))
}

function unknownReference(id: unknown): UnknownReferenceError {
  return new UnknownReferenceError(`No server function has the id ${JSON.stringify(id)}`)
}

function isServerFunction(value: unknown): value is ServerFunction {
  return typeof value === 'function' && '$$id' in value
}

/** The id and the bound arguments of a reference; `null` for an ordinary function. */
export function referenceOf(value: unknown): { id: string; bound: unknown[] } | null {
  if (!isServerFunction(value)) return null
  const { $$id: id } = value as { $$id?: unknown }
  return { id: String(id), bound: boundArguments(value) }
}

/** The counterpart of `referenceOf`, for a function that was loaded before. */
export function bindReference(id: string, bound: unknown[]): ServerFunction {
  const fn = loaded.get(id)
  if (!fn) throw new UnknownReferenceError(`${JSON.stringify(id)} was not loaded`)
  return bound.length === 0 ? fn : bindTo(fn, bound)
}

/** A reference has a `bind` of its own, which keeps it one. */
function bindTo(fn: ServerFunction, bound: unknown[]): ServerFunction {
  return fn.bind(null, ...bound)
}

/**
 * What React's decoder looks references up in. It throws for every id that was not loaded through
 * the table: for one that is merely missing, React would take the part before the last `#` as the
 * id and the part behind it as an inherited property.
 */
export const serverManifest: object = new Proxy(Object.freeze(Object.create(null)), {
  get(_target, id) {
    if (typeof id !== 'string' || !loaded.has(id)) throw unknownReference(id)
    return moduleEntry('function', id)
  },
})

provideModules('function', (id) => loaded.get(id))

import { registerServerReference } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { ownBind } from './bind-reference.ts'
import { flightText, valuesFromFlight } from './flight-text.ts'
import { installedSeals, installSeals } from './installed-seals.ts'
import { plainText, valuesFromPlain } from './plain-text.ts'
import { SealError } from './seal.ts'

/**
 * What compiled `'use server'` modules call. `register` makes a function a reference; `seal` and
 * `open` carry the variables that an inline function captured through the browser and back.
 */

let aliases: ReadonlyMap<string, string[]> = new Map()

/**
 * Called once when the server starts, before any module of the app is loaded. `otherIds` are those
 * that older keys give to functions, each with the build's own id: what was sealed under such a key
 * was sealed for the id that it gives.
 */
export function installKeyRing(
  secrets: readonly string[],
  otherIds: ReadonlyMap<string, string> = new Map(),
): void {
  installSeals(secrets)
  const named = Map.groupBy(otherIds, ([, id]) => id)
  aliases = new Map(Array.from(named, ([id, pairs]) => [id, pairs.map(([other]) => other)]))
}

/**
 * Registers `fn` under `id`. Compiled code passes what the export really is, since only running
 * the module can tell what `wrap(async () => …)` made.
 * @throws TypeError if it is not a function; `name` is `path#export`
 */
export function register<fn>(fn: fn, id: string, name: string): fn {
  if (typeof fn !== 'function') {
    const found = fn === null ? 'null' : typeof fn
    throw new TypeError(
      `A 'use server' file may only export async functions, but ${name} is ${found}. ` +
        'Move it to a file of its own without the directive.',
    )
  }
  return '$$id' in fn ? fn : ownBind(registerServerReference(fn, id, null))
}

/** Captured values as one opaque argument; a promise of it when the values need Flight. */
export function seal(values: unknown[], id: string): string | Promise<string> {
  const seals = installedSeals()
  const plain = plainText(values)
  if (plain !== null) return seals.seal(`p${plain}`, id)
  const text = flightText(values).then((flight) => seals.seal(`f${flight}`, id))
  // React reports a rejection where the reference is used; where it is not, nobody must crash.
  text.catch(() => undefined)
  sealing.add(text)
  return text
}

/** What `seal` promised: a function that is called on the server gets the promise itself. */
const sealing = new WeakSet<object>()

/**
 * The counterpart of `seal`. A promise is what the browser was given where the page had to wait.
 * @throws SealError for anything but a text sealed for this function
 */
export async function open(given: unknown, id: string): Promise<unknown[]> {
  try {
    return await openFor(given, id)
  } catch (error) {
    throw error instanceof SealError ? Object.assign(error, { id }) : error
  }
}

async function openFor(given: unknown, id: string): Promise<unknown[]> {
  const sealed = await (sealing.has(Object(given)) ? given : received(given))
  if (typeof sealed !== 'string') throw new SealError(`Captured values are a ${typeof sealed}`)
  const text = installedSeals().open(sealed, [id, ...(aliases.get(id) ?? [])])
  if (text.startsWith('f')) return valuesFromFlight(text.slice(1))
  return valuesFromPlain(text.slice(1))
}

async function received(given: unknown): Promise<unknown> {
  try {
    return await given
  } catch (cause) {
    throw new SealError('Captured values did not arrive', { cause })
  }
}

import { inspect } from 'node:util'
import type { OnRequestError } from './request-error.ts'

/** An app's `instrumentation.ts`. */
export type Instrumentation = {
  /** Relative to the root of the app. */
  file: string
  load: () => Promise<Record<string, unknown>>
}

/** The server does not start without what the app observes it by. */
export class InstrumentationError extends Error {
  override name = 'InstrumentationError'
}

/**
 * Runs the `register()` of an app and waits for it, once for each time that the module is evaluated;
 * gives its `onRequestError`.
 * @throws InstrumentationError if the module does not load, or `register` fails
 */
export async function startInstrumentation(
  instrumentation: Instrumentation | null,
): Promise<OnRequestError | null> {
  if (!instrumentation) return null
  const { file } = instrumentation
  const module = await instrumentation.load().catch((cause: unknown) => {
    throw failure(`${file} could not be loaded`, cause)
  })
  await registerOnce(module, file)
  const { onRequestError } = module
  return typeof onRequestError === 'function' ? (onRequestError as OnRequestError) : null
}

/** In development the server starts anew with each edit, and most of its modules stay. */
const registered = new WeakMap<object, Promise<void>>()

function registerOnce(module: Record<string, unknown>, file: string): Promise<void> {
  const known = registered.get(module)
  if (known) return known
  const registering = register(module, file)
  registered.set(module, registering)
  registering.catch(() => registered.delete(module))
  return registering
}

async function register(module: Record<string, unknown>, file: string): Promise<void> {
  if (typeof module['register'] !== 'function') return
  try {
    await module['register']()
  } catch (cause) {
    throw failure(`register() of ${file} failed`, cause)
  }
}

function failure(what: string, cause: unknown): InstrumentationError {
  const advice = 'so the server does not start. Correct it, or catch there what may fail.'
  return new InstrumentationError(`${what}, ${advice}\n${inspect(cause)}`, { cause })
}

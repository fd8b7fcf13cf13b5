import { createFlightReference } from '../flight/browser.ts'
import type { CallServer } from './call.ts'

let callServer: CallServer = (id) =>
  Promise.reject(new Error(`${id} was called before the page had started: call it in an effect.`))

/** Every reference of the tab calls through the one page that has started. */
export function connectReferences(call: CallServer): void {
  callServer = call
}

/** Calls for the references that Flight makes itself, as for a function that is a prop. */
export function callReference(id: string, args: unknown[]): Promise<unknown> {
  return callServer(id, args)
}

/** What a `'use server'` module exports in the browser. `name` is for React's tools in development. */
export function createServerReference(
  id: string,
  name: string,
): (...args: unknown[]) => Promise<unknown> {
  return createFlightReference(id, name, callReference)
}

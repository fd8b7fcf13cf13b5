import { registerServerReference } from '../flight/html-client.ts'
import { createFormEncoder, newKey } from './form-action.ts'

/** These references are made when their module is loaded, not for one document. */
const encodeFormAction = createFormEncoder({ prefix: 'c', key: newKey })

/**
 * What a `'use server'` module exports to the components that render HTML: a reference that a form
 * can name in its hidden fields, and that nobody can call.
 */
export function createServerReference(id: string, name: string): (...args: unknown[]) => unknown {
  const fn = async (): Promise<never> => {
    throw new Error(
      `The server function ${name} was called while a Client Component was rendered to HTML. ` +
        'Call it in an event handler, an effect or a form.',
    )
  }
  return registerServerReference(fn, id, encodeFormAction)
}

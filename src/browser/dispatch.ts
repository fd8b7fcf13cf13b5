import { createTemporaryReferenceSet, encodeArguments } from '../flight/browser.ts'
import { trimArguments } from '../wire/reference.ts'
import { tracking } from './tracking.ts'

/** A call that was made, and may not be sent yet. */
export type Dispatch = {
  id: string
  /** The server knows a second attempt by it. */
  key: string
  references: object
  encoding: Promise<string | FormData>
  /** What it is most likely about. */
  headers?: Record<string, string> | undefined
}

/** The arguments are read now: the caller may change them afterwards. */
export function dispatchOf(id: string, args: readonly unknown[]): Dispatch {
  const references = createTemporaryReferenceSet()
  const encoding = encodeArguments(trimArguments(id, args).map(withoutReactFields), references)
  // Whoever sends it is told.
  encoding.catch(() => {})
  const key = crypto.getRandomValues(new Uint32Array(4)).join('-')
  return { id, key, references, encoding, headers: tracking?.headers() }
}

/** After hydration React's own fields are still in the form, and so in its data. */
function withoutReactFields(argument: unknown): unknown {
  if (!(argument instanceof FormData)) return argument
  const fields = new FormData()
  for (const [name, value] of argument) {
    if (!name.startsWith('$ACTION_')) fields.append(name, value)
  }
  return fields
}

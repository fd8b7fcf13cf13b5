import {
  createTemporaryReferenceSet,
  decodeAction,
  decodeFormState,
  decodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { loadKnownFunctions, serverManifest } from './function-table.ts'

export type DecodedArguments = {
  args: unknown[]
  /** Stands for the arguments that only the browser can read, so that they can be returned. */
  temporaryReferences?: object
}

/**
 * The arguments of a call as React's `encodeReply` wrote them.
 * Its references must have been loaded.
 * @throws if the body is malformed or names a function that is not in the table
 */
export async function decodeArguments(body: string | FormData): Promise<DecodedArguments> {
  if (typeof body === 'string' && !body.includes('$T')) {
    return { args: asList(await decodeReply(body, serverManifest)) }
  }
  const temporaryReferences = createTemporaryReferenceSet()
  const args = await decodeReply(body, serverManifest, { temporaryReferences })
  return { args: asList(args), temporaryReferences }
}

function asList(args: unknown): unknown[] {
  if (Array.isArray(args)) return args
  throw new TypeError('The arguments of a call are not a list')
}

/** A submitted form, ready to run. `state` makes what `useActionState` shows next. */
export type DecodedForm = {
  run: () => unknown
  state: (result: unknown) => Promise<unknown>
}

/**
 * The server function that a form without JavaScript names in its hidden fields, bound to its
 * arguments and to the visible fields; `null` if no field names one. Its references must have been
 * loaded.
 */
export async function decodeForm(form: FormData): Promise<DecodedForm | null> {
  const run = await decodeAction(form, serverManifest)
  if (!run) return null
  return { run, state: (result) => decodeFormState(result, form, serverManifest) }
}

/**
 * React's look-up is synchronous, so every function that a part of a body names is loaded before
 * it is decoded: as `$ACTION_ID_<id>`, or as a JSON part that begins with `{"id":`. Text has no
 * parts. What a module of the app throws while it is loaded is thrown.
 */
export async function loadReferences(form: string | FormData): Promise<void> {
  if (typeof form === 'string') return
  const ids: string[] = []
  for (const [key, value] of form) {
    const id = key.startsWith(idField) ? key.slice(idField.length) : referenceInPart(value)
    if (id !== null) ids.push(id)
  }
  await loadKnownFunctions(ids)
}

const idField = '$ACTION_ID_'

/** The id of the server function that a part stands for; `null` for every other part. */
export function referenceInPart(value: FormDataEntryValue): string | null {
  if (typeof value !== 'string') return null
  return /^\{"id":"([^"\\]{1,128})"/.exec(value)?.[1] ?? null
}

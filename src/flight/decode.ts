import {
  createTemporaryReferenceSet,
  decodeAction,
  decodeFormState,
  decodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { loadFunctions, serverManifest, UnknownReferenceError } from './function-table.ts'
import { ReplyError, type ReplyLimits } from './reply-limits.ts'
import { surveyParts, surveyText } from './survey-reply.ts'

export type DecodedArguments = {
  args: unknown[]
  /** Stands for the arguments that only the browser can read, so that they can be returned. */
  temporaryReferences?: object
}

/**
 * The arguments of a call as React's `encodeReply` wrote them. Functions among them are loaded; what
 * a module of the app throws while it is loaded is thrown.
 * @throws ReplyError if the body is malformed, exceeds a limit, or names a function that is not in
 * the table
 */
export async function decodeArguments(
  body: string | FormData,
  limits: ReplyLimits,
): Promise<DecodedArguments> {
  const survey =
    typeof body === 'string'
      ? surveyText(body, limits)
      : surveyParts(body, { prefix: '', root: 'arguments' }, limits)
  if (survey.plain !== undefined) return { args: requireList(survey.plain, limits) }
  await loadFunctions(survey.functions).catch(refuseUnknown)
  const options = survey.hasTemporary ? { temporaryReferences: createTemporaryReferenceSet() } : {}
  const args = await inTime(limits, () => decodeReply(body, serverManifest, options))
  return { args: requireList(args, limits), ...options }
}

function requireList(args: unknown, limits: ReplyLimits): unknown[] {
  if (!Array.isArray(args)) throw new ReplyError('The arguments of a call are not a list')
  if (args.length <= limits.arguments) return args
  throw new ReplyError(`More than ${limits.arguments} (decoding.arguments)`)
}

/** A submitted form, ready to run. `state` makes what `useActionState` shows next. */
export type DecodedForm = {
  /** Of the server function that runs. */
  id: string
  run: () => unknown
  state: (result: unknown) => Promise<unknown>
}

/**
 * The server function that a form without JavaScript names in its hidden fields, bound to its
 * arguments and to the visible fields; `null` if no field names one. What a module of the app
 * throws while it is loaded is thrown.
 * @throws ReplyError as above
 */
export async function decodeForm(form: FormData, limits: ReplyLimits): Promise<DecodedForm | null> {
  const { id, functions } = surveyForm(form, limits)
  if (id === null) return null
  await loadFunctions(functions).catch(refuseUnknown)
  const run = await inTime(limits, () => decodeAction(form, serverManifest))
  if (!run) return null
  return { id, run, state: (result) => decodeFormState(result, form, serverManifest) }
}

const idField = '$ACTION_ID_'
const referenceField = '$ACTION_REF_'

/** A form may name one function and the button that submitted it another: React runs the last. */
const maxFunctions = 2

/** The function that runs, and all that are named or bound. @throws ReplyError */
function surveyForm(
  form: FormData,
  limits: ReplyLimits,
): { id: string | null; functions: string[] } {
  const named = [...form].filter(
    ([name]) => name.startsWith(idField) || name.startsWith(referenceField),
  )
  const names = named.map(([name]) => name)
  if (names.length > maxFunctions) throw new ReplyError('The form names several server functions')
  if (named.some(([, value]) => value !== '')) throw new ReplyError('A name has a value')
  const surveyed = names.map((name) => {
    if (name.startsWith(idField)) return [name.slice(idField.length)]
    const prefix = `$ACTION_${name.slice(referenceField.length)}:`
    return surveyParts(form, { prefix, root: 'function' }, limits).functions
  })
  return { id: surveyed.at(-1)?.[0] ?? null, functions: surveyed.flat() }
}

/**
 * The id that a hidden field of React's names: `$ACTION_ID_<id>`, or the first part of a reference
 * with bound arguments, `$ACTION_<prefix>:0`. `null` for every other field.
 * @throws ReplyError for such a part without an id
 */
export function functionNamed(field: string, value: string): string | null {
  if (field.startsWith(idField)) return field.slice(idField.length)
  if (!field.startsWith('$ACTION_') || !field.endsWith(':0')) return null
  const id = /^\{"id":"([^"\\]{1,128})"/.exec(value)?.[1]
  if (id === undefined) throw new ReplyError('A form field that names no server function')
  return id
}

/** Before React decodes: in a promise or a stream, only the function that awaits it would see. */
function refuseUnknown(error: unknown): never {
  if (error instanceof UnknownReferenceError) throw new ReplyError(error.message)
  throw error
}

/** What React throws at a body is the body's fault. */
async function inTime<value>(
  { time }: ReplyLimits,
  decode: () => PromiseLike<value> | null,
): Promise<value | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, time, new ReplyError(`Not decoded in ${time} ms (decoding.time)`))
  })
  try {
    return await Promise.race([decode(), late])
  } catch (cause) {
    if (cause instanceof ReplyError) throw cause
    throw new ReplyError(`Undecodable: ${String(cause)}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

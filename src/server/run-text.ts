import { textOfValue, valueOfText } from '../flight/cached-call.ts'
import type { Run } from './submission.ts'

/** A run as text, for the other instances. Rejects where its value is one that cannot be sent. */
export function encodeRun(run: Run): Promise<string> {
  const { ending } = run
  if (ending.kind !== 'error') return textOfValue(run)
  return textOfValue({ ...run, ending: { kind: 'error', error: fieldsOf(ending.error) } })
}

/** The counterpart of `encodeRun`. */
export async function decodeRun(text: string): Promise<Run> {
  const run = (await valueOfText(text)) as Run
  const { ending } = run
  if (ending.kind !== 'error') return run
  return { ...run, ending: { kind: 'error', error: errorOf(ending.error) } }
}

type ErrorFields = { name: string; message: string; stack: string | undefined; digest: unknown }

function fieldsOf(error: unknown): ErrorFields {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined, digest: undefined }
  }
  const { name, message, stack } = error
  const digest: unknown = Reflect.get(error, 'digest')
  return { name, message, stack, digest: typeof digest === 'string' ? digest : undefined }
}

function errorOf(fields: unknown): Error {
  const { message, digest, ...rest } = fields as ErrorFields
  return Object.assign(new Error(message), rest, digest === undefined ? {} : { digest })
}

import { textOfValue, valueOfText } from '../flight/cached-call.ts'
import type { Ending } from './invoke.ts'
import type { Run } from './submission.ts'

type Sent = Omit<Run, 'ending' | 'invalidation'> & {
  ending: Ending
  tags: string[]
  refresh: boolean
}

/** A run as text, for the other instances. Rejects where its value is one that cannot be sent. */
export function encodeRun({ ending, cookies, invalidation }: Run): Promise<string> {
  const { tags, refresh } = invalidation
  const sent: Sent = {
    ending: ending.kind === 'error' ? { kind: 'error', error: fieldsOf(ending.error) } : ending,
    cookies: [...cookies],
    tags: [...tags],
    refresh,
  }
  return textOfValue(sent)
}

/** The counterpart of `encodeRun`. */
export async function decodeRun(text: string): Promise<Run> {
  const { ending, cookies, tags, refresh } = (await valueOfText(text)) as Sent
  return {
    ending: ending.kind === 'error' ? { kind: 'error', error: errorOf(ending.error) } : ending,
    cookies,
    invalidation: { tags: new Set(tags), untold: [], refresh },
  }
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

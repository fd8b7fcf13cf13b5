import {
  createTemporaryReferenceSet as createOpaque,
  encodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import {
  createTemporaryReferenceSet,
  decodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { flightText, valuesFromFlight } from './flight-text.ts'
import { serverManifest } from './function-table.ts'
import { flightMark, plainMark } from './kept-text.ts'
import { plainText, valuesFromPlain } from './plain-text.ts'
import { encodePlain } from './plain-values.ts'

/** One call of a function whose results are kept as text. */
export interface CachedCall {
  /** Equal for calls that may share a result. */
  readonly key: string
  /**
   * Runs the function; gives what it returned as text. It runs in a rendering of its own, so that
   * what React's `cache()` remembers of a visitor's page does not reach what all visitors get.
   */
  run(fn: (...args: unknown[]) => unknown): Promise<string>
  /** What a text of this or of an equal call stands for. */
  read(text: string): Promise<unknown>
}

/**
 * The call with these arguments. Elements and functions among them are opaque: they are no part of
 * the key, the function can only pass them on, and those of the present call stand in its result.
 */
export function cachedCall(args: unknown[]): CachedCall | Promise<CachedCall> {
  const key = encodePlain(args, { encode: () => null, decode: () => null })
  if (key === null) return opaqueCall(args)
  return {
    key,
    run: (fn) => resultText(() => fn(...args)),
    read: valueOfText,
  }
}

/** A value as a text, outside of a call. Rejects for one that cannot be sent. */
export function textOfValue(value: unknown): Promise<string> {
  return resultText(() => value)
}

/** What a text of this file stands for; `opaque` has what stands for itself in it. */
export async function valueOfText(text: string, opaque?: object): Promise<unknown> {
  const content = text.slice(1)
  const values = text.startsWith(plainMark)
    ? await valuesFromPlain(content)
    : await valuesFromFlight(content, opaque)
  return values[0]
}

async function opaqueCall(args: unknown[]): Promise<CachedCall> {
  const opaque = createOpaque()
  const body = await encodeReply(args, { temporaryReferences: opaque })
  return {
    key: typeof body === 'string' ? body : await textOf(body),
    async run(fn) {
      const temporaryReferences = createTemporaryReferenceSet()
      const decoded = await decodeReply(body, serverManifest, { temporaryReferences })
      const run = (): unknown => fn(...(decoded as unknown[]))
      return resultText(run, temporaryReferences).catch(explainOpaque)
    },
    read: (text) => valueOfText(text, opaque),
  }
}

/** React takes cached work for a browser that calls the server. */
function explainOpaque(error: unknown): never {
  if (!(error instanceof Error) || !error.message.includes('temporary Client Reference'))
    throw error
  throw new Error(
    'Cached work used a function or an element that it was given. It can only pass it on: what it ' +
      'calls or looks at would be that of its first caller, for everybody.',
    { cause: error },
  )
}

async function textOf(form: FormData): Promise<string> {
  const parts = await Promise.all(
    Array.from(form, async ([name, value]) => [
      name,
      typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('base64'),
    ]),
  )
  return JSON.stringify(parts)
}

async function resultText(run: () => unknown, temporaryReferences?: object): Promise<string> {
  let text: string | null = null
  let running: Promise<unknown> | null = null
  const once = async (): Promise<unknown> => {
    const value = await run()
    text = plainText([value])
    return text === null ? value : null
  }
  const result = {
    // oxlint-disable-next-line unicorn/no-thenable -- React asks while it renders: so what runs belongs to that rendering.
    then(...settle: Parameters<Promise<unknown>['then']>) {
      // In development it asks more than once.
      running ??= once()
      return running.then(...settle)
    },
  }
  const rendered = await flightText([result], temporaryReferences)
  return text === null ? flightMark + rendered : plainMark + (text as string)
}

import {
  createTemporaryReferenceSet as createOpaque,
  encodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import {
  createTemporaryReferenceSet,
  decodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { argumentsOf, plainParts } from './cached-arguments.ts'
import { flightText, valuesFromFlight } from './flight-text.ts'
import { loadFunctions, serverManifest, UnknownReferenceError } from './function-table.ts'
import { flightMark, functionsIn, plainMark } from './kept-text.ts'
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
  /** Whether that failed since the text names a server function that this server does not have. */
  isForeign(error: unknown): boolean
}

export type CallOptions = {
  args: unknown[]
  /** What else tells results apart, as far as it can be sent: variables that the function captured. */
  captured?: unknown[]
  /** The function's, for messages. */
  name: string
}

/**
 * The call with these arguments. Elements and functions among them are opaque: they are no part of
 * the key, the function can only pass them on, and those of the present call stand in its result.
 * @throws TypeError for other arguments that cannot be sent
 */
export function cachedCall({
  args,
  captured = [],
  name,
}: CallOptions): CachedCall | Promise<CachedCall> {
  const call = plainCall(args) ?? opaqueCall(args, name)
  if (captured.length === 0) return call
  const parts = plainKey(captured) ?? keyOfParts(captured, name)
  if ('key' in call && typeof parts === 'string') return withKey(call, parts)
  return Promise.all([call, parts]).then(([of, key]) => withKey(of, key))
}

function withKey(call: CachedCall, captured: string): CachedCall {
  return { ...call, key: `${captured}\n${call.key}` }
}

function plainKey(values: unknown[]): string | null {
  return encodePlain(values, { encode: () => null, decode: () => null })
}

function plainCall(args: unknown[]): CachedCall | null {
  const key = plainKey(args)
  if (key === null) return null
  return {
    key,
    run: (fn) => resultText(() => fn(...args)),
    read: valueOfText,
    isForeign,
  }
}

/** A value as a text, outside of a call. Rejects for one that cannot be sent. */
export function textOfValue(value: unknown): Promise<string> {
  return resultText(() => value)
}

/**
 * What a text of this file stands for; `opaque` has what stands for itself in it. Rejects where it
 * names a server function that is not in the table.
 */
export async function valueOfText(text: string, opaque?: object): Promise<unknown> {
  const content = text.slice(1)
  if (text.startsWith(plainMark)) return (await valuesFromPlain(content))[0]
  await loadFunctions(functionsIn(content))
  return (await valuesFromFlight(content, opaque))[0]
}

async function opaqueCall(given: unknown[], name: string): Promise<CachedCall> {
  const args = argumentsOf(given, name)
  const plain = plainCall(args)
  if (plain) return plain
  const opaque = createOpaque()
  const body = await encodeReply(args, { temporaryReferences: opaque })
  return {
    key: await textOf(body),
    async run(fn) {
      const temporaryReferences = createTemporaryReferenceSet()
      const decoded = await decodeReply(body, serverManifest, { temporaryReferences })
      const run = (): unknown => fn(...(decoded as unknown[]))
      return resultText(run, temporaryReferences).catch(explainOpaque)
    },
    read: (text) => valueOfText(text, opaque),
    isForeign,
  }
}

async function keyOfParts(captured: unknown[], name: string): Promise<string> {
  const parts = plainParts(captured, name)
  return plainKey(parts) ?? textOf(await encodeReply(parts))
}

function isForeign(error: unknown): boolean {
  return error instanceof UnknownReferenceError
}

/** React takes cached work for a browser that calls the server. */
function explainOpaque(error: unknown): never {
  // It spells the name in one way for a call, in another for a property.
  if (!(error instanceof Error) || !/temporary client reference/i.test(error.message)) throw error
  throw new Error(
    'Cached work used a function or an element that it was given. It can only pass it on: what it ' +
      'calls or looks at would be that of its first caller, for everybody.',
    { cause: error },
  )
}

async function textOf(body: string | FormData): Promise<string> {
  if (typeof body === 'string') return body
  const parts = await Promise.all(
    Array.from(body, async ([name, value]) => [
      name,
      typeof value === 'string' ? value : await partsOfFile(value),
    ]),
  )
  return JSON.stringify(parts)
}

/** A Blob has become a file by now, of a name that says nothing. */
async function partsOfFile(file: File): Promise<string[]> {
  const content = Buffer.from(await file.arrayBuffer()).toString('base64')
  return [file.name, file.type, content]
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

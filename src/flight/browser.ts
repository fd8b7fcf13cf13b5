// oxlint-disable-next-line import/no-unassigned-import -- It teaches Flight to load client modules.
import '@vitejs/plugin-rsc/browser'
import {
  createFromReadableStream,
  createServerReference as createReference,
  createTemporaryReferenceSet,
  encodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.browser'

export type CallServer = (id: string, args: readonly unknown[]) => Promise<unknown>

let connected!: CallServer

/** All references of the tab, those in streams too, call through the one page that has started. */
export function connectReferences(call: CallServer): void {
  connected = call
}

const callServer: CallServer = (id, args) => connected(id, args)

/** What a `'use server'` module exports in the browser. `name` is for React's tools in development. */
export function createServerReference(
  id: string,
  name: string,
): (...args: unknown[]) => Promise<unknown> {
  return createReference(id, callServer, undefined, development?.findSourceMapURL, name)
}

/** Reads a Flight stream; the promise gives its root, parts of which may still be on their way. */
export function decodeFlight<model>(
  stream: ReadableStream<Uint8Array>,
  temporaryReferences?: object,
): Promise<model> {
  return createFromReadableStream<model>(stream, {
    callServer,
    temporaryReferences,
    ...development,
  })
}

/** The arguments of a call, as text or, where they hold files or the like, as a form. */
export function encodeArguments(
  args: unknown[],
  temporaryReferences: object,
): Promise<string | FormData> {
  return encodeReply(args, { temporaryReferences })
}

export { createTemporaryReferenceSet }

const development = process.env.NODE_ENV === 'production' ? undefined : { findSourceMapURL }

/** Where plugin-rsc's dev server answers with the source map of a server module. */
function findSourceMapURL(filename: string, environmentName: string): string {
  const query = new URLSearchParams({ filename, environmentName }).toString()
  return `${location.origin}/__vite_rsc_findSourceMapURL?${query}`
}

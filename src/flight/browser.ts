// oxlint-disable-next-line import/no-unassigned-import -- It teaches Flight to load client modules.
import '@vitejs/plugin-rsc/browser'
import {
  createFromReadableStream,
  createServerReference,
  createTemporaryReferenceSet,
  encodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.browser'

type CallServer = (id: string, args: unknown[]) => Promise<unknown>

/** Reads a Flight stream; the promise gives its root, parts of which may still be on their way. */
export function decodeFlight<model>(
  stream: ReadableStream<Uint8Array>,
  options: { callServer: CallServer; temporaryReferences?: object | undefined },
): Promise<model> {
  return createFromReadableStream<model>(stream, { ...options, ...development })
}

/** The arguments of a call, as text or, where they hold files or the like, as a form. */
export function encodeArguments(args: unknown[], references: object): Promise<string | FormData> {
  return encodeReply(args, { temporaryReferences: references })
}

export function createFlightReference(
  id: string,
  name: string,
  callServer: CallServer,
): (...args: unknown[]) => Promise<unknown> {
  return createServerReference(id, callServer, undefined, development?.findSourceMapURL, name)
}

export { createTemporaryReferenceSet }

const development =
  process.env.NODE_ENV === 'production' ? undefined : { findSourceMapURL: findSourceMapUrl }

/** Where plugin-rsc's dev server answers with the source map of a server module. */
function findSourceMapUrl(filename: string, environmentName: string): string {
  const query = new URLSearchParams({ filename, environmentName })
  return `${location.origin}/__vite_rsc_findSourceMapURL?${query}`
}

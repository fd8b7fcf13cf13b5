// oxlint-disable-next-line import/no-unassigned-import -- React looks for what it installs
import './flight-client.ts'
import {
  createFromReadableStream,
  createServerReference,
  createTemporaryReferenceSet,
  encodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.browser'
import type { Outcome } from '../../src/wire/outcome.ts'
import type { App } from './app.ts'

export type RoundTrip = { status: number; value: unknown }

const callServer = () => Promise.reject(new Error('Not called'))

/** A server function as the browser has it, which can be an argument of `roundTrip`. */
export function referenceTo(id: string): (...args: unknown[]) => Promise<unknown> {
  return createServerReference(id, callServer, undefined, undefined, 'server function')
}

/** A call as the browser's runtime makes it, encoded and decoded by React itself. */
export async function roundTrip(app: App, id: string, args: unknown[]): Promise<RoundTrip> {
  const temporaryReferences = createTemporaryReferenceSet()
  const body = await encodeReply(args, { temporaryReferences })
  const answer = await app.fetch('/', { method: 'POST', headers: { 'volley-call': id }, body })
  const { status } = answer
  if (!answer.headers.get('content-type')?.startsWith('text/x-component')) {
    return { status, value: await answer.text() }
  }
  const { outcome } = await createFromReadableStream<{ outcome: Outcome }>(answer.body!, {
    temporaryReferences,
    callServer,
    findSourceMapURL: undefined,
  })
  return { status, value: outcome.kind === 'value' ? outcome.value : outcome.kind }
}

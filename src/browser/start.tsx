import { type ReactNode, startTransition } from 'react'
import { hydrateRoot, type ReactFormState } from 'react-dom/client'
import { createTemporaryReferenceSet, decodeFlight, encodeArguments } from '../flight/browser.ts'
import type { ErrorView } from '../view/router-context.ts'
import { controlFlowOf } from '../wire/control-flow.ts'
import type { DocumentPayload, Payload } from '../wire/payload.ts'
import { connect } from './connect.ts'
import { showInOverlay, withOverlay } from './dev-overlay.ts'
import { readInlinedPayload } from './inlined-payload.ts'
import { loadDocument } from './load-document.ts'
import { Root } from './root.tsx'
import { callReference, connectReferences } from './server-reference.ts'

declare global {
  // What the scripts in the document push to.
  var __volley: Parameters<typeof readInlinedPayload>[0] | undefined
}

/** Hydrates the document from the payload in it, and connects its links, forms and calls. */
export async function start({ calls }: { calls: 'parallel' | 'serial' }): Promise<void> {
  const inlined = readInlinedPayload((self.__volley ??= []))
  const payload = await decode<DocumentPayload<ReactNode>>(inlined)
  const { page, router, callServer } = connect({
    payload,
    calls,
    decode,
    encode: encodeArguments,
    createReferences: createTemporaryReferenceSet,
    fetch: (input, init) => fetch(input, init),
    load: loadDocument,
  })
  connectReferences(import.meta.hot ? withOverlay(callServer) : callServer)
  if (import.meta.hot) {
    import.meta.hot.on('rsc:update', () => router.refresh())
    addEventListener('error', ({ error }) => showInOverlay(error))
  }
  addEventListener('unhandledrejection', (event) => {
    // Nobody awaits the call, and its redirect has been followed.
    if (controlFlowOf(event.reason)?.kind === 'redirect') event.preventDefault()
  })
  startTransition(() => {
    hydrateRoot(
      document,
      <Root page={page} router={router} globalError={payload.globalError as ErrorView} />,
      { formState: (payload.formState ?? null) as ReactFormState | null, onCaughtError },
    )
  })
}

function decode<payload extends Payload<ReactNode>>(
  stream: ReadableStream<Uint8Array>,
  temporaryReferences?: object,
): Promise<payload> {
  return decodeFlight<payload>(stream, { callServer: callReference, temporaryReferences })
}

/** A boundary has dealt with the error; redirects and the like are none. */
function onCaughtError(error: unknown): void {
  if (controlFlowOf(error)) return
  // oxlint-disable-next-line no-console -- As React does without this function.
  console.error(error)
  if (import.meta.hot) showInOverlay(error)
}

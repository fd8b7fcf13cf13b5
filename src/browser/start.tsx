import { type ReactNode, startTransition } from 'react'
import { hydrateRoot, type ReactFormState } from 'react-dom/client'
import { connectReferences, decodeFlight } from '../flight/browser.ts'
import type { ErrorView } from '../view/router-context.ts'
import { controlFlowOf } from '../wire/control-flow.ts'
import type { DocumentPayload } from '../wire/payload.ts'
import { answerOf } from './answer.ts'
import { type CallOrder, createCallServer, type Exchange } from './call.ts'
import { showInOverlay, withOverlay } from './dev-overlay.ts'
import { readInlinedPayload } from './inlined-payload.ts'
import { followPop, router } from './navigate.ts'
import { beginPage } from './page.ts'
import { Root } from './root.tsx'

declare global {
  // What the scripts in the document push to.
  var __volley: Parameters<typeof readInlinedPayload>[0] | undefined
}

/** Hydrates the document from the payload in it, and connects its links, forms and calls. */
export async function start({ calls }: { calls: CallOrder | Exchange }): Promise<void> {
  const callServer = createCallServer(calls)
  connectReferences(import.meta.hot ? withOverlay(callServer) : callServer)
  const inlined = readInlinedPayload((self.__volley ??= []))
  const payload = await decodeFlight<DocumentPayload<ReactNode>>(inlined)
  beginPage(answerOf(payload, 0))
  listen()
  startTransition(() => {
    hydrateRoot(document, <Root globalError={payload.globalError as ErrorView} />, {
      formState: (payload.formState ?? null) as ReactFormState | null,
      onCaughtError,
    })
  })
}

function listen(): void {
  addEventListener('popstate', followPop)
  addEventListener('unhandledrejection', quietRedirect)
  addEventListener('error', quietRedirect)
  if (import.meta.hot) {
    import.meta.hot.on('rsc:update', () => router.refresh())
    addEventListener('error', ({ error }) => showInOverlay(error))
  }
}

/** Nobody awaits the call, and its redirect has been followed. */
function quietRedirect(event: Event & { reason?: unknown; error?: unknown }): void {
  if (controlFlowOf(event.reason ?? event.error)?.kind === 'redirect') event.preventDefault()
}

/** A boundary has dealt with the error; redirects and the like are none. */
function onCaughtError(error: unknown): void {
  if (controlFlowOf(error)) return
  // oxlint-disable-next-line no-console -- As React does without this function.
  console.error(error)
  if (import.meta.hot) showInOverlay(error)
}

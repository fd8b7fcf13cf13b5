import { use, type ReactNode } from 'react'
import { renderToPipeableStream } from 'react-dom/server.node'
import type { ReactFormState } from 'react-dom/client'
import { createFromNodeStream, getClientEntryUrl } from '../flight/html-client.ts'
import { InsertedHtmlContext } from '../view/inserted-html.ts'
import { PageRoot } from '../view/page-root.tsx'
import type { ErrorView } from '../view/router-context.ts'
import { stillRouter } from '../view/still-router.ts'
import type { DocumentPayload } from '../wire/payload.ts'
import { createFormEncoder, newKey } from './form-action.ts'
import { createInsertedHtml } from './inserted-html.ts'
import { createPayloadInjection } from './payload-injection.ts'
import { createPayloadSplit } from './payload-split.ts'

/** A stream that starts when it gets its destination. */
interface Pipeable {
  pipe: (destination: NodeJS.WritableStream) => unknown
  abort: (reason?: unknown) => void
}

export type DocumentOptions = {
  /** Called for errors of client components; what it returns reaches the browser as `digest`. */
  onError: (error: unknown) => string
  /** What `useActionState` shows after a form was posted without JavaScript. */
  formState?: unknown
  /** For the scripts, where a content security policy asks for one. */
  nonce?: string | undefined
}

export interface DocumentRendering {
  /** Settles when the head can be sent. Rejects with the error that left no shell. */
  readonly ready: Promise<Pipeable>
  abort: (reason: unknown) => void
}

/**
 * How long a document waits for what is not in its shell, in milliseconds: what is finished by
 * then is plain HTML, instead of hidden HTML that only a script can show.
 */
const shellDelay = 20

/** Renders a payload to the document that contains it, for the browser to start from. */
export function renderDocument(flight: Pipeable, options: DocumentOptions): DocumentRendering {
  const split = createPayloadSplit()
  flight.pipe(split.input)
  const key = newKey()
  const encodeFormAction = createFormEncoder({ prefix: '', key: () => key })
  let payload: Promise<DocumentPayload<ReactNode>> | undefined
  const read = (): Promise<DocumentPayload<ReactNode>> => {
    // Resource hints among the rows, as of `preload()`, go to the document in whose rendering they are read.
    payload ??= createFromNodeStream(split.read(), {}, { encodeFormAction })
    return payload
  }
  const { promise: ready, resolve, reject } = Promise.withResolvers<Pipeable>()
  let timer: NodeJS.Timeout | undefined
  let isAborted = false
  const inserted = createInsertedHtml()
  const page = (
    <InsertedHtmlContext value={inserted.add}>
      <Document read={read} />
    </InsertedHtmlContext>
  )
  const rendering = renderToPipeableStream(page, {
    bootstrapModules: [getClientEntryUrl()],
    ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
    // React would hide finished parts beyond a few kilobytes, to show them by a script.
    progressiveChunkSize: Infinity,
    // The value is the one that React's decoder gave to the server.
    formState: (options.formState ?? null) as ReactFormState | null,
    // What a payload that was stopped lacks is no error.
    onError: (error) => (isAborted ? '' : options.onError(error)),
    onShellError: reject,
    onShellReady() {
      timer = setTimeout(() => resolve(document), shellDelay)
    },
    onAllReady() {
      clearTimeout(timer)
      resolve(document)
    },
  })
  const document: Pipeable = {
    pipe(destination) {
      const { nonce } = options
      const injection = createPayloadInjection(destination, { nonce, inserted })
      // First: what has come of the payload by now then fits into one script.
      split.connect(injection.inline)
      rendering.pipe(injection.html)
      return destination
    },
    abort(reason) {
      isAborted = true
      clearTimeout(timer)
      flight.abort(reason)
      rendering.abort(reason)
    },
  }
  return { ready, abort: document.abort }
}

function Document({ read }: { read: () => Promise<DocumentPayload<ReactNode>> }): ReactNode {
  const { route, regions: sent, globalError } = use(read())
  if (!route || !sent) throw new Error('The payload of a document has no regions')
  const regions: Record<string, { element: ReactNode }> = {}
  for (const id in sent) regions[id] = { element: sent[id] }
  return (
    <PageRoot
      route={route}
      regions={regions}
      router={stillRouter}
      globalError={globalError as ErrorView}
    />
  )
}

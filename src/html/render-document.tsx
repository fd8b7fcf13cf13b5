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
import { createInsertedHtml, type InsertedHtml } from './inserted-html.ts'
import { createPayloadInjection } from './payload-injection.ts'
import { createPayloadSplit, type PayloadSplit } from './payload-split.ts'

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
  const { promise: ready, resolve, reject } = Promise.withResolvers<Pipeable>()
  const split = createPayloadSplit()
  const inserted = createInsertedHtml()
  let rendering: Pipeable | null = null
  let timer: NodeJS.Timeout | undefined
  let isAborted = false
  const start = (): void => {
    if (isAborted) return
    rendering = renderToPipeableStream(pageOf(split, inserted), {
      ...reactOptions(options),
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
  }
  const document: Pipeable = {
    pipe(destination) {
      const { nonce } = options
      const injection = createPayloadInjection(destination, { nonce, inserted })
      // First: what has come of the payload by now then fits into one script.
      split.connect(injection.inline)
      rendering?.pipe(injection.html)
      return destination
    },
    abort(reason) {
      isAborted = true
      clearTimeout(timer)
      flight.abort(reason)
      if (rendering) rendering.abort(reason)
      else reject(reason)
    },
  }
  flight.pipe(split.input)
  completeSoon(split).then(start).catch(reject)
  return { ready, abort: document.abort }
}

/**
 * Waits for the payload, but only for this turn of the event loop. Most are complete by then, and the
 * HTML renderer waits for nothing; else it would wait once for each form with bound arguments.
 */
async function completeSoon({ complete }: PayloadSplit): Promise<void> {
  let turn: NodeJS.Immediate | undefined
  await Promise.race([complete, new Promise<void>((resolve) => (turn = setImmediate(resolve)))])
  clearImmediate(turn)
}

type ReactOptions = NonNullable<Parameters<typeof renderToPipeableStream>[1]>

function reactOptions({ nonce, formState }: DocumentOptions): ReactOptions {
  return {
    bootstrapModules: [getClientEntryUrl()],
    ...(nonce === undefined ? {} : { nonce }),
    // React would hide finished parts beyond a few kilobytes, to show them by a script.
    progressiveChunkSize: Infinity,
    // The value is the one that React's decoder gave to the server.
    formState: (formState ?? null) as ReactFormState | null,
  }
}

function pageOf(split: PayloadSplit, inserted: InsertedHtml): ReactNode {
  const key = newKey()
  const encodeFormAction = createFormEncoder({ prefix: '', key: () => key })
  let payload: Promise<DocumentPayload<ReactNode>> | undefined
  const read = (): Promise<DocumentPayload<ReactNode>> => {
    // Resource hints among the rows, as of `preload()`, go to the document in whose rendering they are read.
    payload ??= createFromNodeStream(split.read(), {}, { encodeFormAction })
    return payload
  }
  return (
    <InsertedHtmlContext value={inserted.add}>
      <Document read={read} />
    </InsertedHtmlContext>
  )
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

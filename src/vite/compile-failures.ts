import { AsyncLocalStorage } from 'node:async_hooks'
import { buildErrorMessage } from 'vite'
import type { ErrorPayload, Rolldown, ViteDevServer } from 'vite'
import { abandoned, type Handler, type ServerRequest } from '../server/exchange.ts'
import type { Log } from '../server/log.ts'
import { callHeader } from '../wire/header.ts'
import { pageHref } from '../wire/payload-path.ts'
import { basePathOf } from './site-addresses.ts'

/** What becomes of errors in modules that could not be compiled while a request needed them. */
export interface CompileFailures {
  /** Takes these errors out of what is logged, and shows them in the terminal and the overlay. */
  watch(log: Log): Log
  /**
   * Lets a request for a document fail by such an error, whatever was rendered in its place: Vite
   * answers by a page that shows the error, and that loads again once the file is corrected. A page
   * that is open stays as it is, with the overlay above it.
   */
  rethrow(handler: Handler): Handler
  /** A file was edited: a page that only shows its error has to be loaded again. */
  edited(file: string): void
}

export function createCompileFailures(server: ViteDevServer): CompileFailures {
  const base = basePathOf(server.config.base)
  const requests = new AsyncLocalStorage<Rolldown.RolldownError[]>()
  // An error is logged once, but its module fails for every request until the file is corrected.
  const current = new Map<string, Rolldown.RolldownError>()
  const shownAlone = new Set<Rolldown.RolldownError>()
  return {
    watch: (log) => (event) => {
      if (event.kind !== 'error' || !isCompileFailure(event.error)) return log(event)
      current.set(event.error.id ?? '', event.error)
      const ofRequest = requests.getStore()
      if (ofRequest) ofRequest.push(event.error)
      else show(server, event.error)
    },
    rethrow: (handler) => async (request) => {
      const logged: Rolldown.RolldownError[] = []
      const answer = await requests.run(logged, () => handler(request))
      if (!isDocument(request, base)) {
        for (const failure of logged) show(server, failure)
        return answer
      }
      const failure = logged[0] ?? (answer.status === 500 ? [...current.values()][0] : undefined)
      if (!failure) return answer
      const { body } = answer
      if (typeof body === 'object' && body && 'abort' in body) body.abort(abandoned)
      shownAlone.add(failure)
      throw failure
    },
    edited(file) {
      const failure = current.get(file)
      current.delete(file)
      // Pages that were open before get what was edited as an update, and keep their state.
      if (failure && shownAlone.delete(failure)) {
        server.environments.client.hot.send({ type: 'full-reload' })
      }
    },
  }
}

function isCompileFailure(error: unknown): error is Rolldown.RolldownError {
  return error instanceof Error && 'plugin' in error && 'id' in error
}

function isDocument({ target, headers }: ServerRequest, base: string): boolean {
  return pageHref(target, base) === null && headers[callHeader] === undefined
}

function show(server: ViteDevServer, error: Rolldown.RolldownError): void {
  const text = buildErrorMessage(error, [error.message], false)
  server.config.logger.error(text, { timestamp: true })
  server.environments.client.hot.send({ type: 'error', err: overlayError(error) })
}

/** Without the stack, which is the compiler's. */
function overlayError(error: Rolldown.RolldownError): ErrorPayload['err'] {
  const { message, id, frame, loc, plugin } = error
  const place = loc?.file === undefined ? {} : { loc: { ...loc, file: loc.file } }
  return {
    message,
    stack: '',
    ...(id === undefined ? {} : { id }),
    ...(frame === undefined ? {} : { frame }),
    ...(plugin === undefined ? {} : { plugin }),
    ...place,
  }
}

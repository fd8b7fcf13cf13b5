import { currentContext, type RequestContext } from './request-context.ts'

/**
 * The context of the request, for `api` to read what is the visitor's own: what is made with it is
 * kept for nobody else.
 * @throws outside a request, and in cached work
 */
export function readRequest(api: string): RequestContext {
  const context = currentContext(api)
  if (context.phase === 'cached') {
    throw new Error(
      `${api} was called in cached work (${context.where}), whose result is for every visitor. ` +
        'Call it outside, and pass what the cached function needs of it as an argument.',
    )
  }
  context.dependencies.readsRequest ??= api
  return context
}

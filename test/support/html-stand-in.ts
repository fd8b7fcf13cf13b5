import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { HtmlRenderer } from '../../src/server/html-renderer.ts'
import { readPayload, textOf } from './read-payload.ts'

/**
 * Stands in for React's HTML renderer, which does not load where React resolves to its server
 * build: the "HTML" of a page is the text of its regions. Like React's, it has no shell when
 * something in it has thrown.
 */
export const htmlStandIn: HtmlRenderer = {
  renderDocument(flight, { onError, formState }) {
    const render = async () => {
      const payload = await readPayload(flight.pipe(new PassThrough()))
      const regions = payload.route!.chain.map(({ id }) => textOf(payload.regions![id]))
      const state = formState === undefined ? [] : [`state ${JSON.stringify(formState)}`]
      const head = textOf(payload.regions![payload.route!.head])
      return [head, ...regions, ...state].join('|')
    }
    const ready = render().then(
      (text) => ({
        pipe: (destination: NodeJS.WritableStream) => destination.end(text),
        abort: () => undefined,
      }),
      (error: unknown) => {
        onError(error)
        throw error
      },
    )
    ready.catch(() => undefined)
    return { ready, abort: (reason) => flight.abort(reason) }
  },
}

export async function textBody(body: { pipe: (to: NodeJS.WritableStream) => unknown }) {
  const stream = new PassThrough()
  body.pipe(stream)
  return (await buffer(stream)).toString()
}

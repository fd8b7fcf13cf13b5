import { ticketHeader } from '../wire/header.ts'
import type { App } from './app.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { assertPost, assertSize, bodyType } from './guard.ts'
import { Refusal } from './refusal.ts'
import type { Tickets } from './tickets.ts'

/** In bytes, for what calls of one batch may set: browsers take no longer headers than a half of it. */
const maxSize = 512 * 1024

/**
 * The rest of an answer that has begun: the cookies of a ticket. Middleware has let the calls pass
 * that they come of. `null` for every other request.
 * @throws Refusal
 */
export function answerTicket(app: App, request: ServerRequest): Promise<ServerAnswer> | null {
  const { tickets } = app
  if (!tickets || request.headers[ticketHeader] === undefined) return null
  assertPost(request, app)
  if (bodyType(request) !== 'text') throw new Refusal('unsupported-type', 'A ticket is text/plain')
  assertSize(request, maxSize)
  return redeem(tickets, request)
}

async function redeem(tickets: Tickets, request: ServerRequest): Promise<ServerAnswer> {
  const lines = await tickets.redeem(await request.text(maxSize))
  return {
    status: 204,
    headers: [
      ['cache-control', 'no-store'],
      ['x-content-type-options', 'nosniff'],
      ...lines.map((line): [string, string] => ['set-cookie', line]),
    ],
    body: null,
  }
}

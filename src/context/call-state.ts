import { createCallSignal, type CallSignal } from './call-signal.ts'
import { readRequest } from './read-request.ts'
import type { RequestContext } from './request-context.ts'

/**
 * Aborted when nobody waits for the result any more: the browser has gone away, or the function has
 * run for longer than its `timeout`. Inside `after()` the answer has been sent, so there it is
 * aborted when the task has run for as long as a function may. Pass it to `fetch` and to databases,
 * so that they stop as well.
 * @throws outside a request, and in cached work
 */
export function signal(): AbortSignal {
  return callSignal(readRequest('signal()')).get()
}

/** The signal behind `signal()`, for those who abort it. */
export function callSignal(context: RequestContext): CallSignal {
  context.signal ??= createCallSignal(context.client)
  return context.signal
}

/**
 * What identifies this submission, however often it is sent: a double click, a reload after a form
 * was posted and a retry after a lost connection have the key of the first. Volley runs a function
 * once per key for ten minutes, in one process or with Redis in all of them; stored beside what the
 * function writes, under a unique index, the key makes it once for ever. `null` for a call without
 * one, as of a program that sends no `volley-key` header.
 * @throws outside a request, and in cached work
 */
export function callKey(): string | null {
  return readRequest('callKey()').key
}

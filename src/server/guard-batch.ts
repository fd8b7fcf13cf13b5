import { decodeNames, maxBatch, maxBatchSize } from '../wire/batch-request.ts'
import { callHeader, keyHeader } from '../wire/header.ts'
import type { App } from './app.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import {
  assertPost,
  assertSize,
  bodyType,
  findCall,
  type GuardedCall,
  refuseStale,
} from './guard.ts'
import { Refusal } from './refusal.ts'

/** One of a batch; `call` is `null` where there is no such function. */
export type NamedCall = { id: string; key: string | undefined; call: GuardedCall | null }

/**
 * What a batch must be before a byte of its body is read: what a call must be, and of few calls, one
 * of which at least is to a function that exists. `null` for what names no more than one call, and
 * in an app without the option.
 * @throws Refusal
 */
export function guardBatch(request: ServerRequest, app: App): NamedCall[] | null {
  if (!app.tickets) return null
  const ids = decodeNames(headerOf(request.headers, callHeader) ?? '')
  if (ids.length === 1) return null
  assertPost(request, app)
  if (bodyType(request) !== 'text') throw new Refusal('unsupported-type', 'A batch is text/plain')
  const named = nameCalls(request, app, ids)
  app.load.check()
  assertSize(request, maxBatchSize)
  return named
}

function nameCalls(request: ServerRequest, app: App, ids: readonly string[]): NamedCall[] {
  if (ids.length > maxBatch) {
    throw new Refusal('bad-request', `${ids.length} calls in one request, which may be ${maxBatch}`)
  }
  const keys = namesIn(headerOf(request.headers, keyHeader))
  if (keys.length > 0 && keys.length !== ids.length) {
    throw new Refusal('bad-request', `${ids.length} calls with ${keys.length} keys`)
  }
  const named = ids.map((id, i) => ({ id, key: keys[i], call: findCall(id, app) }))
  return named.some(({ call }) => call) ? named : refuseStale()
}

/** Programs may leave the keys out. */
function namesIn(header: string | undefined): string[] {
  return header === undefined ? [] : decodeNames(header)
}

import type { TableEntry } from '../flight/function-table.ts'
import { callHeader } from '../wire/header.ts'
import { maxIdLength } from '../wire/reference.ts'
import type { App } from './app.ts'
import { limitsOf } from './config.ts'
import { assertSameSite } from './cross-site.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { Refusal } from './refusal.ts'

/** `limit` is the most bytes that its body may have. */
export type GuardedCall = { id: string; entry: TableEntry; limit: number; isForm: boolean }

/**
 * What a call must be before a byte of its body is read: a POST, from this site, of a content type
 * that cannot be sent by accident, to a function that exists, when there is time for it.
 * @throws Refusal
 */
export function guardCall(request: ServerRequest, app: App): GuardedCall {
  assertPost(request, app)
  const type = bodyType(request)
  if (type !== 'text' && type !== 'multipart') {
    throw new Refusal('unsupported-type', 'A call is text/plain or multipart/form-data')
  }
  const id = headerOf(request.headers, callHeader) ?? ''
  const call = findCall(id, app) ?? refuseStale()
  app.load.check()
  assertSize(request, call.limit)
  return { ...call, isForm: type === 'multipart' }
}

/** A call of text to a function; `null` where there is no such function. */
export function findCall(id: string, app: App): GuardedCall | null {
  const entry = findEntry(id, app)
  if (!entry) return null
  const { bodySizeLimit: limit } = limitsOf(entry.name, app.config.server)
  return { id, entry, limit, isForm: false }
}

/** A POST from this site. @throws Refusal */
export function assertPost(request: ServerRequest, app: App): void {
  if (request.method !== 'POST') {
    throw new Refusal('method', 'A call must be a POST', { headers: [['allow', 'POST']] })
  }
  assertSameSite(request, app.config.server)
}

/** @throws Refusal `stale`: the same answer for every id that is not in the table */
export function entryOf(id: string, app: App): TableEntry {
  return findEntry(id, app) ?? refuseStale()
}

function findEntry(id: string, app: App): TableEntry | undefined {
  return id.length <= maxIdLength ? app.functions.get(id) : undefined
}

/** @throws Refusal */
export function refuseStale(): never {
  throw new Refusal('stale', 'No such server function. Was the page made by another deployment?')
}

/** The declared length is only a shortcut: the bytes are counted as they arrive. @throws Refusal */
export function assertSize(request: ServerRequest, limit: number): void {
  requireSize(Number(headerOf(request.headers, 'content-length') ?? 0), limit)
}

/** @throws Refusal */
export function requireSize(length: number, limit: number): void {
  if (length <= limit) return
  throw new Refusal('too-large', `${length} bytes are over the limit of ${limit} (bodySizeLimit)`)
}

export type BodyType = 'text' | 'multipart' | 'urlencoded'

/** Compressed bodies are refused with the unknown types: their size could not be bounded. */
export function bodyType({ headers }: ServerRequest): BodyType | null {
  const encoding = headerOf(headers, 'content-encoding') ?? 'identity'
  if (encoding !== 'identity') return null
  const header = headerOf(headers, 'content-type') ?? ''
  if (longBoundary.test(header)) return null
  const [type = ''] = header.split(';', 1)
  return bodyTypes.get(type.trim().toLowerCase()) ?? null
}

/** A boundary has at most 70 characters, as RFC 2046 says. */
const longBoundary = /;\s*boundary="?[^";]{71}/i

const bodyTypes = new Map<string, BodyType>([
  ['text/plain', 'text'],
  ['multipart/form-data', 'multipart'],
  ['application/x-www-form-urlencoded', 'urlencoded'],
])

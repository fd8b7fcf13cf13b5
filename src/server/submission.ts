import { createHash } from 'node:crypto'
import { createRedisSubmissions, type RedisSubmissionsOptions } from '../store/redis-submissions.ts'
import {
  createMemorySubmissions,
  type Submission,
  type SubmissionStore,
  type Visitors,
} from '../store/submission-store.ts'
import { parseCookieHeader, type SetCookie } from '../context/cookie-header.ts'
import { createCookieJar } from '../context/cookies.ts'
import { addInvalidation } from '../context/invalidation.ts'
import type { RequestContext } from '../context/request-context.ts'
import { cookieJar } from '../context/request-state.ts'
import { keyField } from '../wire/form-field.ts'
import { keyHeader } from '../wire/header.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import type { Ending } from './invoke.ts'
import { decodeRun, encodeRun } from './run-text.ts'

/**
 * What a run of a server function left: enough to answer the same submission once more. Thousands are
 * kept, so it holds nothing else of its request.
 */
export type Run = {
  ending: Ending
  cookies: readonly SetCookie[]
  /** What it has invalidated. */
  tags: readonly string[]
  /** Whether it called `refresh()`. */
  refresh: boolean
}

/** Those of this process, and with Redis of all that share it. */
export function createSubmissions(
  shared?: Pick<RedisSubmissionsOptions<Run>, 'redis' | 'report' | 'track'>,
): SubmissionStore<Run> {
  const local = createMemorySubmissions<Run>(visitors)
  const codec = { encode: encodeRun, decode: decodeRun }
  return shared ? createRedisSubmissions({ ...shared, local, codec, visitors }) : local
}

/** The first run may have set cookies, which its visitor sends by now. */
const visitors: Visitors<Run> = {
  nameOf: comparable,
  nameAfter(cookie, { cookies }) {
    const jar = createCookieJar(cookie)
    for (const set of cookies) jar.set(set)
    return comparable(jar.toString())
  },
}

function comparable(cookie: string): string {
  return JSON.stringify(Array.from(parseCookieHeader(cookie), String).toSorted(byText))
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1
}

/** A key must be unguessable, or visitors could meet; whoever sends a short one is not protected. */
const keyPattern = /^[\w+/=-]{20,64}$/

/** The key of a call or of a form; `null` if it has none, or none that is worth one. */
export function keyOf(request: ServerRequest, body: string | FormData): string | null {
  const field = typeof body === 'string' ? null : body.get(keyField)
  const key = headerOf(request.headers, keyHeader) ?? field
  return typeof key === 'string' && keyPattern.test(key) ? key : null
}

/** A promise where the body has to be hashed. */
export function submissionOf(
  { headers }: ServerRequest,
  { key, id, body }: { key: string; id: string; body: string | FormData },
): Submission | Promise<Submission> {
  // Programs tell who they are by this header, where browsers send cookies.
  const authorization = headerOf(headers, 'authorization') ?? ''
  const cookie = headerOf(headers, 'cookie') ?? ''
  const submission = (text: string): Submission => ({
    key,
    content: `${id}\n${authorization}\n${text}`,
    cookie,
  })
  const isShort = typeof body === 'string' && body.length <= shortBody
  return isShort ? submission(body) : fingerprint(body).then(submission)
}

/** In characters: a hash costs more than what it would save. */
const shortBody = 256

async function fingerprint(body: string | FormData): Promise<string> {
  const hash = createHash('sha256')
  if (typeof body === 'string') return hash.update(body).digest('base64url')
  for (const [name, value] of body) {
    const isText = typeof value === 'string'
    const about = isText ? [name, value] : [name, value.name, value.type, value.size]
    hash.update(`${JSON.stringify(about)}\n`)
    if (!isText) hash.update(new Uint8Array(await value.arrayBuffer()))
  }
  return hash.digest('base64url')
}

export function runOf(context: RequestContext, ending: Ending): Run {
  const { cookies, invalidation } = context
  const { tags, refresh } = invalidation
  return {
    ending,
    cookies: cookies?.written() ?? noCookies,
    tags: tags.size > 0 ? [...tags] : noTags,
    refresh,
  }
}

/** Most runs change nothing, and thousands of them are kept: they share these. */
const noCookies: readonly SetCookie[] = []
const noTags: readonly string[] = []

/** Puts what another request's run of the same submission left into the context of this one. */
export function adoptRun(context: RequestContext, run: Run): void {
  for (const cookie of run.cookies) cookieJar(context).set(cookie)
  addInvalidation(context.invalidation, run)
  context.phase = 'render'
}

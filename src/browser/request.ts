import type { ReactNode } from 'react'
import { decodeFlight } from '../flight/browser.ts'
import { buildHeader, encodeMounted, mountedHeader, payloadType } from '../wire/header.ts'
import { payloadHref } from '../wire/payload-path.ts'
import type { Payload } from '../wire/payload.ts'
import { tick } from './clock.ts'
import { build } from './page.ts'
import type { Dated } from './page-state.ts'

/** A payload up to its root, when it was made, and when the last of its rows will be here. */
export type Answer = {
  payload: Payload<ReactNode>
  made: Dated
  /** Fulfilled at the end of the body, also of one that broke off. */
  ended: Promise<unknown>
}

/** Asks the server of this page. What is no payload is given as the response that it is. */
export async function request(
  href: string,
  init: RequestInit & { headers: Record<string, string> },
  references?: object,
): Promise<Answer | Response> {
  const sentAt = tick()
  const own: Record<string, string> = init.headers
  const headers = { accept: payloadType, [buildHeader]: build, ...own }
  const response = await fetch(href, { ...init, headers })
  if (!response.headers.get('content-type')?.startsWith(payloadType)) return response
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  // A payload has a body.
  const ended = (response.body as ReadableStream).pipeTo(writable).catch(() => {})
  const payload = await decodeFlight<Answer['payload']>(readable, references)
  return { payload, ended, made: { stamp: payload.stamp, sentAt, arrivedAt: tick() } }
}

/** Fetches a page without the layouts that are `mounted`. Rejects where there is no payload. */
export async function fetchPage(
  href: string,
  mounted: string[],
  init?: RequestInit,
): Promise<Answer> {
  const headers = { [mountedHeader]: encodeMounted(mounted) }
  const answer = await request(payloadHref(href), { ...init, headers })
  if (answer instanceof Response) throw new TypeError(`${href} has no payload`)
  return answer
}

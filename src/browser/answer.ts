import type { ReactNode } from 'react'
import { payloadType } from '../wire/header.ts'
import type { Payload } from '../wire/payload.ts'
import type { Dated } from './page-state.ts'

/** A payload, when it was made, and when the last of its rows will be here. */
export type Answer = Dated & {
  payload: Payload<ReactNode>
  /** Fulfilled at the end of the body, also of one that broke off. */
  ended: Promise<unknown>
}

/** React's Flight, as `flight/browser.ts` gives it. */
export type Decode = (
  stream: ReadableStream<Uint8Array>,
  temporaryReferences?: object,
) => Promise<Payload<ReactNode>>

/** Counts what happens in this tab, so that two events always have an order. */
let clock = 0
export function tick(): number {
  return ++clock
}

export function isPayload(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith(payloadType) ?? false
}

/** Reads a payload up to its root. `decode` gets the body, whose elements may still be on their way. */
export async function readAnswer(
  response: Response,
  sentAt: number,
  decode: (stream: ReadableStream<Uint8Array>) => Promise<Payload<ReactNode>>,
): Promise<Answer> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const ended = (response.body ?? new Blob().stream()).pipeTo(writable).catch(() => {})
  const payload = await decode(readable)
  return { payload, stamp: payload.stamp, sentAt, arrivedAt: tick(), ended }
}

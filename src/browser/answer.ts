import type { ReactNode } from 'react'
import type { Payload } from '../wire/payload.ts'
import { tick } from './clock.ts'
import type { Dated } from './page-state.ts'

/** A payload up to its root, when it was made, and when the last of its rows will be here. */
export type Answer = {
  payload: Payload<ReactNode>
  made: Dated
  /** Fulfilled at the end of the body, also of one that broke off. */
  ended: Promise<void>
}

/** The answer of a request that left at `sentAt`, when its root has arrived. */
export function answerOf(payload: Payload<ReactNode>, sentAt: number): Answer {
  const made: Dated = { stamp: payload.stamp, sentAt, arrivedAt: tick() }
  const end = async () => {
    made.tags = await payload.tags
  }
  return { payload, made, ended: end().catch(() => {}) }
}
